// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.Settings;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.SetDifference;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.runtime.operate.RunningInstance;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "definitions",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the published sets of definitions, the latest first: when, by whom, and what each changed. If an instance"
                    + " with the same settings answers, says how far it has filled definitions from past events.",
            "With --revision, prints the definitions of one set as YAML."
        },
        footer = {"", "Example: segue definitions --config segue.yaml"})
final class DefinitionsCommand implements Callable<Integer> {
    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--revision", paramLabel = "N", description = "Print the definitions of this revision.")
    private @Nullable String revision;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most this many sets. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Long number = revision == null ? null : Revisions.number("--revision", revision);
        Settings read = settings.read();
        DefinitionLog log = new PublishedDefinitions(read).read();
        if (number == null) {
            print(log, out);
            new RunningInstance(read.http())
                    .check("definitions")
                    .ifPresent(state ->
                            out.println("The instance at port " + read.http().port() + ": " + state + "."));
        } else {
            print(Revisions.find(log, number), out);
        }
        return 0;
    }

    private void print(DefinitionLog log, PrintWriter out) {
        log.complaints().forEach(complaint -> spec.commandLine().getErr().println(complaint));
        List<DefinitionSet> sets = log.sets().sets();
        if (sets.isEmpty()) {
            out.println("Nothing has been published. 'segue run' publishes its definitions at its first start.");
        }
        for (int index = sets.size() - 1; index >= Math.max(0, sets.size() - limit); index--) {
            DefinitionSet set = sets.get(index);
            String restores = set.restores() == null ? "" : ", restores " + set.restores();
            out.println("revision " + set.revision() + "  "
                    + DateTimeFormatter.ISO_INSTANT.format(set.at().truncatedTo(ChronoUnit.SECONDS)) + "  by "
                    + set.by() + ", " + CountText.of(set.sources().size(), "definition") + restores);
            out.println("  "
                    + (index == 0
                            ? "the first set"
                            : SetDifference.between(sets.get(index - 1), set).text()));
        }
    }

    private static void print(DefinitionSet set, PrintWriter out) {
        String separator = "";
        for (var source : set.sources()) {
            out.print(separator);
            out.println("# " + source.file() + ", version " + source.version());
            source.params().forEach((param, value) -> out.println("# with " + param + "=" + value));
            out.println(source.text());
            separator = "---" + System.lineSeparator();
        }
    }
}
