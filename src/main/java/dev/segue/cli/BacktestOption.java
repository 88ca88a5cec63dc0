// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionSet;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.replay.Until;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.BacktestWindow;
import dev.segue.replay.backtest.Both;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.replay.backtest.report.BacktestText;
import dev.segue.serde.event.EventSchemas;
import dev.segue.value.DurationText;
import dev.segue.value.ValueText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option to try a set of definitions out on the latest events before it is published. */
final class BacktestOption {
    private static final String BACKTEST = "--backtest";

    @Option(
            names = BACKTEST,
            paramLabel = "DURATION",
            description = "With --dry-run: also run the new and changed definitions over the events topic, and print"
                    + " what they would have done in this time before the latest event, such as 30d.")
    private @Nullable String duration;

    /** True if a backtest is asked for. */
    boolean isGiven() {
        return duration != null;
    }

    /** @throws UserError if the option cannot be used */
    void check(boolean dryRun) {
        if (duration == null) {
            return;
        }
        if (!dryRun) {
            throw new UserError(BACKTEST + " shows what the definitions would have done while nothing is published: add"
                    + " --dry-run, or leave " + BACKTEST + " out to publish them.");
        }
        if (length(duration).isZero()) {
            throw new UserError(BACKTEST + ": '" + duration + "' contains no event. Write a longer time, such as 30d.");
        }
    }

    private static Duration length(String duration) {
        try {
            return DurationText.read(duration);
        } catch (IllegalArgumentException mistake) {
            throw UserError.of(BACKTEST, mistake);
        }
    }

    /**
     * Runs the backtest and prints the definitions that are new or changed.
     *
     * @param live null if nothing is published yet
     * @param now no record is younger, whatever its timestamp says
     */
    void run(
            @Nullable DefinitionSet live,
            CheckedDefinitions next,
            Settings settings,
            EventSchemas schemas,
            Instant now,
            CommandLine command)
            throws InterruptedException {
        Both<ComparedSet> sets = new Both<>(
                live == null ? ComparedSet.nothing() : PublishedSet.read(live, schemas.vocabulary(), BACKTEST),
                new ComparedSet("the new set", next.definitions()));
        RetainedEvents events = RetainedEvents.open(settings, schemas, command.getErr());
        long latest = Math.min(events.latest(), now.toEpochMilli());
        String asked = String.valueOf(duration);
        long from = latest - length(asked).toMillis();
        events.run(
                () -> new Backtest(
                        sets,
                        schemas.vocabulary(),
                        PlanOptions.of(settings),
                        new Linking(settings.identity(), settings.limits()),
                        settings.erasure(),
                        new BacktestWindow(from, new Until.AfterLast(0))),
                report -> print(report, asked, command.getOut()));
    }

    private static void print(BacktestReport report, String asked, PrintWriter out) {
        out.println();
        out.println("backtest of the last " + asked + " of the events topic"
                + (report.input().first() > report.from()
                        ? ", which reaches back only to "
                                + ValueText.instant(report.input().first())
                        : ""));
        BacktestText.printNewAndChanged(report, out);
        out.println();
    }
}
