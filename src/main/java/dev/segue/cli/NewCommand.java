// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a new definition from a template, with comments, into the directory of the segments: the last one"
                    + " if there are several.",
            "The file passes 'segue check' as it is. An existing file is never overwritten."
        },
        footer = {"", "Example: segue new keen-viewer --from window-count"})
final class NewCommand implements Callable<Integer> {
    private static final String SCHEMA = "../schemas/definition.schema.json";

    /** Lets editors complete keys and mark mistakes. */
    private static final String MODELINE = "# yaml-language-server: $schema=" + SCHEMA + "\n";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the definition, such as keen-viewer.")
    private @Nullable String name;

    @Option(names = "--from", paramLabel = "TEMPLATE", description = "The template; see --list-templates.")
    private @Nullable String from;

    @Option(names = "--list-templates", description = "Lists the templates, and writes nothing.")
    private boolean listTemplates;

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (listTemplates) {
            for (Template template : Template.values()) {
                out.printf("%-14s %s%n", template.label(), template.describes());
            }
            out.flush();
            return 0;
        }
        String wanted = name();
        Template template = template();
        List<Path> places = options.places();
        Path directory = directory(places);
        Path file = directory.resolve(wanted + ".yaml");
        String text = (Files.exists(directory.resolve(SCHEMA)) ? MODELINE : "") + template.text(wanted);
        requireInOrder(new DefinitionText(file.toString(), text), places);
        write(file, text);
        out.println("Wrote " + file + ". Change it, then run: segue check " + file);
        out.flush();
        return 0;
    }

    private static Path directory(List<Path> places) {
        Path last = places.get(places.size() - 1);
        if (Files.exists(last) && !Files.isDirectory(last)) {
            throw new UserError(last + " is a file; put the directory for the new definition last.");
        }
        return last;
    }

    private String name() {
        if (name == null) {
            throw new UserError("Give the definition a name, such as: segue new keen-viewer --from window-count.");
        }
        if (!Definition.isName(name)) {
            throw new UserError("'" + name
                    + "' is not a valid name. Use a lowercase letter, then up to 63 lowercase letters, digits and"
                    + " hyphens, such as keen-viewer.");
        }
        return name;
    }

    private Template template() {
        if (from == null) {
            throw new UserError(
                    "Choose a template with --from. There are: " + String.join(", ", Template.labels()) + ".");
        }
        return Template.named(from);
    }

    /** Checks the new file together with all others: its name may be taken, even by a choice of a group. */
    private void requireInOrder(DefinitionText added, List<Path> places) {
        try {
            List<DefinitionText> texts = new ArrayList<>(
                    SegmentFiles.readAny(places.stream().filter(Files::exists).toList()));
            if (texts.stream().anyMatch(text -> text.file().equals(added.file()))) {
                throw exists(added.file());
            }
            texts.add(added);
            new DefinitionReader(options.vocabulary()).read(texts);
        } catch (InvalidSettings invalid) {
            throw new UserError(String.join("\n", invalid.problems()));
        } catch (InvalidDefinitions invalid) {
            // 'check' reports mistakes in other files; they need not prevent a new file.
            String problems = invalid.problems().stream()
                    .filter(problem -> problem.file().equals(added.file()))
                    .map(Problem::render)
                    .collect(Collectors.joining("\n"));
            if (!problems.isEmpty()) {
                throw new UserError("Nothing was written; the new file would be invalid:\n" + problems);
            }
        }
    }

    private static UserError exists(String file) {
        return new UserError("The file " + file + " already exists; edit it, or choose another name.");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException existing) {
            throw exists(file.toString());
        } catch (IOException failure) {
            throw new UserError(file + " cannot be written: " + failure + ".");
        }
    }
}
