// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.BacktestNotes;
import dev.segue.cli.text.ProgressLine;
import dev.segue.cli.text.ProgressLine.Progress;
import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.runtime.operate.TopicBacktest;
import dev.segue.serde.event.EventSchemas;
import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs a backtest over the events topic of some settings, with progress and notes on standard error. */
final class RetainedEvents {
    private final long start = System.nanoTime();
    private final Settings settings;
    private final EventSchemas schemas;
    private final TopicBacktest topic;
    private final PrintWriter err;

    private RetainedEvents(Settings settings, EventSchemas schemas, TopicBacktest topic, PrintWriter err) {
        this.settings = settings;
        this.schemas = schemas;
        this.topic = topic;
        this.err = err;
    }

    static RetainedEvents open(Settings settings, EventSchemas schemas, PrintWriter err) throws InterruptedException {
        return new RetainedEvents(settings, schemas, TopicBacktest.open(settings, schemas), err);
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
     * Reads all events; in order of time if customers are compared with each other; once more, in order of time, if ids in
     * several partitions may be one person.
     *
     * @param backtests makes a backtest
     * @param output writes the report
     * @throws UserError if no event is within the window
     */
    void run(Supplier<Backtest> backtests, Consumer<BacktestReport> output) throws InterruptedException {
        Backtest first = backtests.get();
        // Customers of several partitions are compared with each other.
        boolean inOrder = first.comparesCustomers();
        BacktestReport report = run(topic, first, inOrder ? topic::runInOrder : topic::run);
        if (!inOrder && report.input().links() > 0 && topic.hasSeveralPartitions()) {
            err.println("Events link ids of customers, so the partitions are read once more, in order of time.");
            TopicBacktest again = TopicBacktest.open(settings, schemas);
            report = run(again, backtests.get(), again::runInOrder);
        }
        BacktestNotes notes = new BacktestNotes(report, err);
        notes.whyEmpty(nothing()).ifPresent(why -> {
            throw new UserError(why);
        });
        output.accept(report);
        notes.print(System.nanoTime() - start);
    }

    private interface Reading {
        void into(Backtest backtest) throws InterruptedException;
    }

    private BacktestReport run(TopicBacktest read, Backtest backtest, Reading reading) throws InterruptedException {
        ProgressLine line = ProgressLine.show(err, () -> new Progress(read.done(), read.offsets(), read.events()));
        try {
            reading.into(backtest);
            return backtest.report();
        } finally {
            line.close();
        }
    }

    private String nothing() {
        return "Topic " + settings.topics().names().behaviorEvents() + " at " + settings.bootstrapServers()
                + " has no events.";
    }
}
