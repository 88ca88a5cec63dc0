// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.BacktestNotes;
import dev.segue.cli.text.ProgressLine;
import dev.segue.cli.text.ProgressLine.Progress;
import dev.segue.cli.text.ReadReports;
import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.EventReader;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.BacktestWindow;
import dev.segue.replay.backtest.Both;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventSchemas;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what changed definitions would have done: runs an old and a new set over the same events and compares"
                    + " members, entries, exits and stays of every definition that is new, changed or removed.",
            "Reads the events topic of the settings (--config), where nothing is written or committed, or files"
                    + " (--events)."
        },
        footer = {
            "",
            "Example: segue backtest segments --set cart-abandoned.quiet=30m --against segments --config segue.yaml"
                    + " --html report.html"
        })
final class BacktestCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "The new set of definitions: files or directories, read together.")
    private List<Path> paths = List.of();

    @Option(
            names = "--against",
            paramLabel = "DIR|nothing|live",
            defaultValue = NamedSets.NOTHING,
            description = "The old set: a file or directory, nothing, or live, which is the set that was published."
                    + " Default: ${DEFAULT-VALUE}.")
    private String against = NamedSets.NOTHING;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the processor whose events topic is read. Their overrides, schemas, zone,"
                    + " currency and limits apply to both sets.")
    private @Nullable Path config;

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable EventsOptions events;

    @Mixin
    private SortOption sort = new SortOption();

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    @Mixin
    private EvaluationOptions evaluation = new EvaluationOptions();

    @Mixin
    private WindowOptions window = new WindowOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InvalidDefinitions, InterruptedException {
        EventsOptions files = events;
        if ((config == null) == (files == null)) {
            throw new UserError("Name either --config, to read the events topic of these settings, or --events, to read"
                    + " files; " + (config == null ? "neither was given." : "both were given."));
        }
        BacktestWindow asked = window.read();
        output.check();
        Settings settings = config == null ? Settings.defaults() : SettingsFile.read(config);
        EventSchemas schemas =
                vocabulary.schemas(config == null ? null : settings.schemas().resolve("events"));
        Both<ComparedSet> sets = sets(settings, schemas.vocabulary());
        ProductTable products = evaluation.products(err());
        Supplier<Backtest> backtests = () -> new Backtest(
                sets,
                schemas.vocabulary(),
                evaluation.over(PlanOptions.of(settings)),
                new Linking(settings.identity(), settings.limits()),
                settings.erasure(),
                asked,
                products);
        return files == null
                ? readTopic(backtests, settings, schemas)
                : readFiles(files, backtests.get(), schemas.vocabulary(), settings);
    }

    private Both<ComparedSet> sets(Settings settings, Vocabulary words) throws InvalidDefinitions {
        NamedSets named = config == null ? NamedSets.BUILT_IN : new PublishedSet(settings);
        DefinitionSets sets = new DefinitionSets(words, settings.segments().overrides(), named);
        ComparedSet changed = sets.changed(paths, set.overrides());
        return new Both<>(sets.old(against), changed);
    }

    private int readTopic(Supplier<Backtest> backtests, Settings settings, EventSchemas schemas)
            throws InterruptedException {
        RetainedEvents.open(settings, schemas, err())
                .run(backtests, report -> output.write(report, spec.commandLine()));
        evaluation.warnOfUnknownProducts(backtests.get().asksAboutProducts(), err());
        return 0;
    }

    private int readFiles(EventsOptions files, Backtest backtest, Vocabulary words, Settings settings) {
        long start = System.nanoTime();
        try (EventReader reader = files.open(words, new Acceptance(settings.limits()), sort.read())) {
            BacktestReport report = read(reader, files.bytes(), backtest);
            long nanos = System.nanoTime() - start;
            ReadReports reports = new ReadReports(reader.reports());
            reports.print(err());
            BacktestNotes notes = new BacktestNotes(report, err());
            if (report.input().read() + report.input().leftOut() == 0) {
                // Names the most frequent reason.
                int unused = reports.conclude();
            }
            notes.whyEmpty("The files contain no events.").ifPresent(why -> {
                throw new UserError(why);
            });
            output.write(report, spec.commandLine());
            notes.print(nanos);
            evaluation.warnOfUnknownProducts(backtest.asksAboutProducts(), err());
            reports.printAccount(err());
            return reports.conclude();
        }
    }

    private BacktestReport read(EventReader reader, long bytes, Backtest backtest) {
        LongAdder applied = new LongAdder();
        ProgressLine line = ProgressLine.show(err(), () -> new Progress(reader.bytesRead(), bytes, applied.sum()));
        try {
            backtest.read(reader, applied::add);
            return backtest.report();
        } finally {
            line.close();
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
