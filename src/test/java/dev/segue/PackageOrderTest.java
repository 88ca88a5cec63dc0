// SPDX-License-Identifier: Apache-2.0
package dev.segue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each package uses only those below it, and no package contains large cycles. */
@AnalyzeClasses(packages = "dev.segue", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    /** From the bottom up. A package may use those before it, and no other. */
    private static final List<String> ORDER = List.of(
            "event",
            "value",
            "config",
            "yaml",
            "definition.reduction",
            "definition.language",
            "definition.trigger",
            "definition",
            "plan.population",
            "plan.product",
            "plan.trigger",
            "plan.state",
            "plan.need",
            "plan.expression",
            "plan",
            "plan.identity",
            "plan.explain",
            "lint",
            "audience",
            "statistics",
            "serde.registry",
            "serde.event",
            "serde.state",
            "serde.output",
            "replay.file",
            "replay.mapping",
            "replay",
            "replay.backtest",
            "replay.backtest.report",
            "topology.due",
            "topology.population",
            "topology.product",
            "topology",
            "runtime.settings",
            "runtime.cluster",
            "runtime",
            "runtime.operate",
            "collector.message",
            "collector",
            "delivery.payload",
            "delivery",
            "console.page",
            "console.index",
            "console",
            "demo.broker",
            "demo.shop",
            "demo.view",
            "demo.web",
            "demo",
            "cli.text",
            "cli");

    private static final int MOST_FILES = 55;

    @ArchTest
    static final ArchRule packagesDependStrictlyDownward = classes()
            .that()
            .resideOutsideOfPackage("dev.segue.avro..")
            .should(new ArchCondition<>("use only packages below their own") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    int level = ORDER.indexOf(room(type));
                    if (level < 0) {
                        events.add(SimpleConditionEvent.violated(
                                type, "the package of " + type.getName() + " has no place in the order of packages"));
                        return;
                    }
                    type.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass used = dependency.getTargetClass().getBaseComponentType();
                        if (used.getPackageName().startsWith("dev.segue.")
                                && !used.getPackageName().startsWith("dev.segue.avro")
                                && ORDER.indexOf(room(used)) > level) {
                            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                        }
                    });
                }
            });

    private static String room(JavaClass type) {
        return type.getPackageName().substring("dev.segue.".length());
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.segue.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule circlesOfClassesAreSmall = classes().should(new ClassCircles(3));

    /** A package too large to survey should be split. */
    @ArchTest
    static void packagesStaySmall(JavaClasses classes) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .allSatisfy((folder, size) ->
                            assertThat(size).as("files in %s", folder).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    /** One name has one meaning. */
    @ArchTest
    static void typeNamesAreUnique(JavaClasses classes) {
        Map<String, List<String>> byName = classes.stream()
                .filter(type -> type.isTopLevelClass()
                        && !type.getSimpleName().equals("package-info")
                        && !type.getPackageName().startsWith("dev.segue.avro"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertThat(byName)
                .allSatisfy((name, types) ->
                        assertThat(types).as("types named %s", name).hasSize(1));
    }

    @ArchTest
    static final ArchRule onlyPlanAndItsCodecSeeStates = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.segue.plan..",
                    "dev.segue.serde.state..",
                    "dev.segue.topology..",
                    "dev.segue.lint..",
                    "dev.segue.replay..",
                    "dev.segue.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.segue.plan.state..");

    @ArchTest
    static final ArchRule onlyThePlanSeesItsNodes = noClasses()
            .that()
            .resideOutsideOfPackages("dev.segue.plan..", "dev.segue.lint..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.segue.plan.expression..");

    @ArchTest
    static final ArchRule theHeartIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.event..", "dev.segue.definition..", "dev.segue.plan..", "dev.segue.lint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "java.nio.file..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheLanguageSeesCel = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.segue.definition.language..", "dev.segue.replay.mapping..", "dev.segue.delivery.payload..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cel..");

    @ArchTest
    static final ArchRule thePlanSeesNoClock = noClasses()
            .that()
            .resideInAnyPackage("dev.segue.plan..", "dev.segue.lint..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock");

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
            .resideOutsideOfPackage("dev.segue.demo.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

    @ArchTest
    static final ArchRule theClockIsReadOnlyWhereThingsAreWired = noClasses()
            .that()
            .resideOutsideOfPackages("dev.segue.cli..", "dev.segue.runtime..", "dev.segue.demo..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");
}
