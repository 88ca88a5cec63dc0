package dev.segue.cli;

import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.Param;
import dev.segue.event.Vocabulary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks segment definitions and tells every problem with its place.",
        footer = {"", "Example: segue check --config segue.yaml --set cart-abandoned.quiet=30m"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or directories to check; together with those of --config or --segments where one is"
                    + " given.")
    private List<Path> paths = List.of();

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        PrintWriter out = spec.commandLine().getOut();
        List<Definition> definitions = read(options.vocabulary());
        out.println(
                definitions.size() + (definitions.size() == 1 ? " definition is" : " definitions are") + " in order.");
        for (Definition definition : definitions) {
            definition.params().forEach((name, param) -> {
                if (param.overriddenAt() != null) {
                    out.println(told(definition.name() + "." + name, param));
                }
            });
        }
        return 0;
    }

    private List<Definition> read(Vocabulary vocabulary) throws InvalidDefinitions {
        return paths.isEmpty() || options.arePlaced()
                ? options.readWith(paths, vocabulary)
                : options.read(paths, vocabulary);
    }

    private static String told(String name, Param param) {
        return name + " is " + ParamValue.of(param.inForce()) + ", by " + param.overriddenAt() + "; its file says "
                + ParamValue.of(param.inFile()) + ".";
    }
}
