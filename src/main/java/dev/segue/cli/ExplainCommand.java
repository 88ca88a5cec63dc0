// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.explain.ExplainText;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.plan.explain.PlanDescription.DefinitionDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Describes the state that a definition keeps for each customer, which parts other definitions share, which"
                    + " events change it, and when it is evaluated without an event."
        },
        footer = {"", "Example: segue explain cart-abandoned"})
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern NAME =
            Pattern.compile("^(?:segment|group|trait|trigger|channel):\\s*['\"]?([a-z][a-z0-9-]*)", Pattern.MULTILINE);

    @Parameters(
            paramLabel = "SEGMENT|FILE",
            description = "A segment's name, or a file with definitions of your own: it is explained together with the"
                    + " segments.")
    private String subject = "";

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        Vocabulary vocabulary = options.vocabulary();
        Path file = file();
        List<Definition> all = file == null
                ? options.read(vocabulary).definitions()
                : options.readWith(List.of(file), vocabulary).definitions();
        PlanDescription plan = PlanDescription.of(all, vocabulary);
        PrintWriter out = spec.commandLine().getOut();
        String separator = "";
        for (Definition definition : file == null ? List.of(NamedSegment.find(subject, all)) : in(file, all)) {
            DefinitionDescription described = plan.definitions().get(definition.name());
            if (described != null) {
                out.print(separator);
                new ExplainText(described, all.size()).print(out);
                separator = System.lineSeparator();
            }
        }
        out.flush();
        return 0;
    }

    /** Null if the argument is a name. */
    private @Nullable Path file() {
        try {
            Path file = Path.of(subject);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException noPath) {
            return null;
        }
        if (subject.endsWith(".yaml") || subject.endsWith(".yml")) {
            throw new UserError("There is no file " + subject + ".");
        }
        return null;
    }

    private static List<Definition> in(Path file, List<Definition> all) {
        try {
            Set<String> names = NAME.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            List<Definition> found = new ArrayList<>(all);
            found.removeIf(definition -> !names.contains(definition.name()));
            return found;
        } catch (IOException failure) {
            throw new UserError(file + " cannot be read as UTF-8 text: " + failure.getMessage());
        }
    }
}
