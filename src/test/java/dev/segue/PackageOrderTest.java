package dev.segue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The order of packages: each sees only what is below it. */
@AnalyzeClasses(packages = "dev.segue", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {

    @ArchTest
    static final ArchRule packagesDependStrictlyDownward = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("event")
            .definedBy("dev.segue.event..")
            .optionalLayer("config")
            .definedBy("dev.segue.config..")
            .layer("definition")
            .definedBy("dev.segue.definition..")
            .layer("plan")
            .definedBy("dev.segue.plan..")
            .layer("lint")
            .definedBy("dev.segue.lint..")
            .optionalLayer("serde")
            .definedBy("dev.segue.serde..")
            .optionalLayer("replay")
            .definedBy("dev.segue.replay..")
            .optionalLayer("topology")
            .definedBy("dev.segue.topology..")
            .optionalLayer("runtime")
            .definedBy("dev.segue.runtime..")
            .optionalLayer("demo")
            .definedBy("dev.segue.demo..")
            .optionalLayer("console")
            .definedBy("dev.segue.console..")
            .layer("cli")
            .definedBy("dev.segue.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("demo")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console")
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console", "runtime")
            .whereLayer("replay")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console", "runtime")
            .whereLayer("serde")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console", "runtime", "topology", "replay")
            .whereLayer("lint")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console", "runtime")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("cli", "demo", "console", "runtime", "topology", "replay", "serde", "lint")
            .whereLayer("definition")
            .mayOnlyBeAccessedByLayers(
                    "cli", "demo", "console", "runtime", "topology", "replay", "serde", "lint", "plan")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule theHeartIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.event..", "dev.segue.definition..", "dev.segue.plan..", "dev.segue.lint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "java.nio.file..", "java.net..");

    @ArchTest
    static final ArchRule thePlanDoesNotSeeCel = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.plan..", "dev.segue.lint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..", "java.time.Clock");

    @ArchTest
    static final ArchRule onlySerdeSeesAvro = noClasses()
            .that()
            .resideOutsideOfPackages("dev.segue.serde..", "dev.segue.avro..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", "dev.segue.avro..");

    @ArchTest
    static final ArchRule onlyTheDemoSeesTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage("dev.segue.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

    @ArchTest
    static final ArchRule theClockIsReadOnlyWhereThingsAreWired = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.segue.cli..", "dev.segue.runtime..", "dev.segue.demo..", "dev.segue.console..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");
}
