// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.ParamValue;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.Param;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.value.CountText;
import dev.segue.yaml.Problem;
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
        description = {
            "Checks segment definitions and reports every problem with its place.",
            "Warns about valid definitions that are probably mistakes, such as one that holds for every customer"
                    + " without events; with warnings only, the exit code is 0."
        },
        footer = {"", "Example: segue check --config segue.yaml --set cart-abandoned.quiet=30m"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or directories to check; in addition to those of --config or --segments if one is"
                    + " given.")
    private List<Path> paths = List.of();

    @Mixin
    private DefinitionsOptions options = new DefinitionsOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        PrintWriter out = spec.commandLine().getOut();
        Vocabulary vocabulary = options.vocabulary();
        CheckedDefinitions checked = read(vocabulary);
        List<Problem> warnings = Lint.warnings(checked, vocabulary, options.planOptions());
        warnings.forEach(warning -> out.println(warning.render()));
        List<Definition> definitions = checked.definitions();
        out.println(CountText.of(definitions.size(), "definition is", "definitions are") + " valid"
                + counted(warnings.size()) + ".");
        for (Definition definition : definitions) {
            definition.params().forEach((name, param) -> {
                if (param.overriddenAt() != null) {
                    out.println(overridden(definition.name() + "." + name, param));
                }
            });
        }
        return 0;
    }

    private CheckedDefinitions read(Vocabulary vocabulary) throws InvalidDefinitions {
        return paths.isEmpty() || options.arePlaced()
                ? options.readWith(paths, vocabulary)
                : options.read(paths, vocabulary);
    }

    private static String counted(int warnings) {
        return warnings == 0 ? "" : warnings == 1 ? ", with 1 warning" : ", with " + warnings + " warnings";
    }

    private static String overridden(String name, Param param) {
        return name + " is " + ParamValue.of(param.inForce()) + ", by " + param.overriddenAt() + "; its file sets "
                + ParamValue.of(param.inFile()) + ".";
    }
}
