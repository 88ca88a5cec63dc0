// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.ProgressLine;
import dev.segue.cli.text.ProgressLine.Progress;
import dev.segue.config.Settings;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.runtime.operate.TopicBacktest;
import dev.segue.serde.event.EventSchemas;
import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Runs a backtest over the events topic of some settings, with progress and notes on standard error. */
final class RetainedEvents {
    private final long start = System.nanoTime();
    private final Settings settings;
    private final TopicBacktest topic;
    private final PrintWriter err;

    private RetainedEvents(Settings settings, TopicBacktest topic, PrintWriter err) {
        this.settings = settings;
        this.topic = topic;
        this.err = err;
    }

    static RetainedEvents open(Settings settings, EventSchemas schemas, PrintWriter err) throws InterruptedException {
        return new RetainedEvents(settings, TopicBacktest.open(settings, schemas), err);
    }

    /**
     * Returns the time of the latest record, in milliseconds since the epoch.
     *
     * @throws UserError if there is none
     */
    long latest() throws InterruptedException {
        OptionalLong latest = topic.latest();
        return latest.orElseThrow(() -> new UserError(nothing()));
    }

    /**
     * Reads all events once.
     *
     * @param output writes the report
     * @throws UserError if no event is within the window
     */
    void run(Backtest backtest, Consumer<BacktestReport> output) throws InterruptedException {
        ProgressLine line = ProgressLine.show(err, () -> new Progress(topic.done(), topic.offsets(), topic.events()));
        BacktestReport report;
        try {
            topic.run(backtest);
            report = backtest.report();
        } finally {
            line.close();
        }
        BacktestNotes notes = new BacktestNotes(report, err);
        notes.requireEvents(nothing());
        output.accept(report);
        notes.print(System.nanoTime() - start);
    }

    private String nothing() {
        return "Topic " + settings.topics().names().behaviorEvents() + " at " + settings.bootstrapServers()
                + " has no events.";
    }
}
