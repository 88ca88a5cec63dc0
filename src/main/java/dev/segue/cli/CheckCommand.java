package dev.segue.cli;

import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
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
        footer = {"", "Example: segue check segments/"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or directories. Default: segments here, else the installation's.")
    private List<Path> paths = List.of();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        List<Definition> definitions =
                SegmentsOption.read(paths, vocabulary.schemas().vocabulary());
        spec.commandLine()
                .getOut()
                .println(definitions.size() + (definitions.size() == 1 ? " definition is" : " definitions are")
                        + " in order.");
        return 0;
    }
}
