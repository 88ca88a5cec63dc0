// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.audience.WidthRule;
import dev.segue.cli.text.ReachTable;
import dev.segue.cli.text.ReadReports;
import dev.segue.cli.text.SummaryText;
import dev.segue.cli.text.UserError;
import dev.segue.cli.text.WidthText;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.EventReader;
import dev.segue.replay.Replay;
import dev.segue.replay.ReplayResult;
import dev.segue.replay.ReplaySummary;
import dev.segue.replay.Until;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.output.TriggerDecisionJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs the segments over files of events, without Kafka, and prints every change as a JSON line.",
        footer = {
            "",
            "Example: segue replay --events trace.csv.gz --mapping mappings/rees46.yaml --until +2h --out changes.jsonl",
            "",
            "Rows that are not events are counted with reason and line; the rest is replayed. The exit code is 1 if"
                    + " a file breaks off (it is replayed up to the break) or more than half of its rows were rejected,"
                    + " and 2 if nothing could be replayed."
        })
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private EventsOptions events = new EventsOptions();

    @Mixin
    private SortOption sort = new SortOption();

    @Mixin
    private DefinitionsOptions definitions = new DefinitionsOptions();

    @Option(
            names = "--until",
            paramLabel = "INSTANT|+DURATION",
            description =
                    "Advance time after the last event: to an instant such as 2025-11-01T12:00:00Z (later events"
                            + " are left out), or by a duration such as +30m, +2h, +90d. Default: time stops with each customer's last event.")
    private @Nullable String until;

    @Mixin
    private EvaluationOptions evaluation = new EvaluationOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE|-",
            defaultValue = "-",
            description = "File for the changes; - is standard output. Default: ${DEFAULT-VALUE}.")
    private String out = "-";

    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            description = "File for what triggers decide, as JSON lines. Default: none; the summary counts them.")
    private @Nullable Path decisions;

    @Option(
            names = "--summary",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "Format of the summary on standard error: text, or markdown, a table of how many customers"
                    + " entered each segment and were members at the end. Default: ${DEFAULT-VALUE}.")
    private String summary = "text";

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Replay this many times before the measured replay, so that the rates are those of a warm"
                    + " JVM. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions {
        Until moment = until();
        if (!List.of("text", "markdown").contains(summary)) {
            throw new UserError("--summary: '" + summary + "' is neither text nor markdown.");
        }
        Vocabulary vocabulary = definitions.vocabulary();
        CheckedDefinitions checked = definitions.read(vocabulary);
        List<Definition> all = checked.definitions();
        Plan plan = Plan.compile(all, vocabulary, options());
        ProductTable products = evaluation.products(spec.commandLine().getErr());
        for (int run = 0; run < warmUp; run++) {
            try (EventReader reader = events.open(vocabulary, definitions.acceptance(), sort.read())) {
                new Replay(plan, definitions.linking(), products).run(reader, moment);
            }
        }
        try (EventReader reader = events.open(vocabulary, definitions.acceptance(), sort.read())) {
            ReplayResult result = new Replay(plan, definitions.linking(), products).run(reader, moment);
            write(result.changes());
            writeDecisions(result.decisions());
            ReadReports reports = new ReadReports(result.summary().files());
            printSummary(result.summary(), all);
            reports.print(spec.commandLine().getErr());
            evaluation.warnOfUnknownProducts(
                    plan.asksAboutProducts(), spec.commandLine().getErr());
            printWarnings(checked, vocabulary);
            return reports.conclude();
        }
    }

    private void printWarnings(CheckedDefinitions checked, Vocabulary vocabulary) {
        String warnings = Lint.summary(Lint.warnings(checked, vocabulary, options()));
        if (!warnings.isEmpty()) {
            spec.commandLine().getErr().println(warnings);
        }
    }

    private void printSummary(ReplaySummary result, List<Definition> all) {
        if (summary.equals("markdown")) {
            ReachTable.print(result, spec.commandLine().getErr());
        } else {
            SummaryText.print(result, spec.commandLine().getErr());
            WidthRule rule = new WidthRule(definitions.settings().segments().width(), all);
            WidthText.print(result, rule, spec.commandLine().getErr());
            new ReadReports(result.files()).printAccount(spec.commandLine().getErr());
        }
    }

    private PlanOptions options() {
        return evaluation.over(definitions.planOptions());
    }

    private Until until() {
        try {
            return until == null ? new Until.Nowhere() : Until.parse(until);
        } catch (IllegalArgumentException unreadable) {
            throw UserError.of("--until", unreadable);
        }
    }

    private void write(List<Change> changes) {
        try {
            if (out.equals("-")) {
                Writer standard = new BufferedWriter(spec.commandLine().getOut());
                write(changes, standard);
                standard.flush();
            } else {
                try (Writer file = Files.newBufferedWriter(Path.of(out))) {
                    write(changes, file);
                }
            }
        } catch (IOException | InvalidPathException failure) {
            throw new UserError("--out: " + out + " cannot be written: " + failure + ".");
        }
    }

    private void writeDecisions(List<TriggerDecision> decided) {
        if (decisions == null) {
            return;
        }
        try (Writer file = Files.newBufferedWriter(decisions)) {
            for (TriggerDecision decision : decided) {
                file.write(TriggerDecisionJson.write(decision));
                file.write('\n');
            }
        } catch (IOException failure) {
            throw new UserError("--decisions: " + decisions + " cannot be written: " + failure + ".");
        }
    }

    private static void write(List<Change> changes, Writer writer) throws IOException {
        for (Change change : changes) {
            writer.write(ChangeJson.write(change));
            writer.write('\n');
        }
    }
}
