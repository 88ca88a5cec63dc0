// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.DefinitionsJson;
import dev.segue.cli.text.DefinitionsTable;
import dev.segue.cli.text.UserError;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Nearest;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the definitions with their descriptions and the values of their params.",
        footer = {"", "Example: segue list --config segue.yaml"})
final class ListCommand implements Callable<Integer> {
    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only definitions with this tag; if given several times, only those with all of the tags.")
    private List<String> tags = List.of();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "A table for people, or a JSON array for programs. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    private enum Format {
        TABLE,
        JSON
    }

    @Override
    public Integer call() throws InvalidDefinitions {
        List<Definition> all = options.read(options.vocabulary()).definitions();
        tags.forEach(tag -> requireKnown(tag, all));
        List<Definition> listed = all.stream()
                .filter(definition -> definition.tags().containsAll(tags))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(DefinitionsJson.write(listed));
        } else {
            new DefinitionsTable(listed).print(out);
            out.println(
                    listed.size() == all.size()
                            ? CountText.of(all.size(), "definition")
                            : listed.size() + " of " + all.size());
        }
        out.flush();
        return 0;
    }

    private static void requireKnown(String tag, List<Definition> all) {
        TreeSet<String> known = new TreeSet<>();
        all.forEach(definition -> known.addAll(definition.tags()));
        if (!known.contains(tag)) {
            String hint = Nearest.hint(tag, known);
            throw new UserError("No definition has the tag '" + tag + "'."
                    + (!hint.isEmpty()
                            ? hint
                            : known.isEmpty()
                                    ? " None has any tag."
                                    : " There are: " + String.join(", ", known) + "."));
        }
    }
}
