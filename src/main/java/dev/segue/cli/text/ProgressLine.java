// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows the progress of reading on one line of a terminal; shows nothing elsewhere. */
public final class ProgressLine implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;

    /** With less read, the rest would be a wild guess. */
    private static final double GUESSED_FROM = 0.01;

    private final PrintWriter err;
    private final Supplier<Progress> progress;
    private final ScheduledExecutorService timer;
    private final long start = System.nanoTime();
    private int width;

    /**
     * How far a command has come.
     *
     * @param done of the total, in bytes or offsets
     * @param events that were applied
     */
    public record Progress(long done, long total, long events) {

        /** @param seconds since the begin */
        String line(double seconds) {
            double share = total == 0 ? 1 : Math.min(1, (double) done / total);
            String line = String.format(
                    Locale.ROOT, "%3.0f %% read, %,d events, %,.0f events/s", 100 * share, events, events / seconds);
            return share < GUESSED_FROM || share == 1
                    ? line
                    : line + ", " + left(seconds * (1 - share) / share) + " left";
        }

        private static String left(double seconds) {
            long rounded = Math.max(1, Math.round(seconds));
            return rounded < 120 ? rounded + " s" : (rounded + 59) / 60 + " min";
        }
    }

    private ProgressLine(PrintWriter err, Supplier<Progress> progress, ScheduledExecutorService timer) {
        this.err = err;
        this.progress = progress;
        this.timer = timer;
    }

    /** Begins to show progress if standard error is a terminal. */
    public static ProgressLine show(PrintWriter err, Supplier<Progress> progress) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread thread = new Thread(run, "segue-progress");
            thread.setDaemon(true);
            return thread;
        });
        ProgressLine line = new ProgressLine(err, progress, timer);
        if (Terminal.isStandardError()) {
            var unused = timer.scheduleAtFixedRate(line::print, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return line;
    }

    private synchronized void print() {
        String text = progress.get().line((System.nanoTime() - start) / 1e9);
        err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        err.flush();
        width = text.length();
    }

    /** Removes the line. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (width > 0) {
                err.print("\r" + " ".repeat(width) + "\r");
                err.flush();
            }
        }
    }
}
