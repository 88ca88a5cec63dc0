// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import dev.segue.definition.Definition;
import dev.segue.event.Change;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints changes live, and a summary at the end. For one thread. */
public final class LiveView {
    private static final long LEFT_OUT_NOTE_MILLIS = 5000;

    private final PrintWriter out;
    private final ChangeLine line;
    private final SegmentTally tally;
    private final Instant opens;
    private final LineBudget budget = new LineBudget();
    private boolean pastPrinted;
    private @Nullable LocalDate day;
    private long nextNote;

    /** @param opens changes before this instant belong to the shop's past and are only counted */
    public LiveView(PrintWriter out, ChangeLine line, SegmentTally tally, Instant opens) {
        this.out = out;
        this.line = line;
        this.tally = tally;
        this.opens = opens;
    }

    /** Gives definitions that were published meanwhile their lines in the summary. */
    public void define(Collection<Definition> definitions) {
        tally.define(definitions);
    }

    /** Counts a change from an earlier run on the same data directory. */
    public void countEarlier(Change change) {
        tally.countEarlier(change);
    }

    /** Counts a change of this run, and prints it within the line budget. */
    public void show(Change change, long wallMillis) {
        if (change.effectiveAt().isBefore(opens)) {
            tally.count(change);
            return;
        }
        printPast();
        tally.count(change);
        if (budget.allows(change.segment(), tally.isPlain(change.segment()), wallMillis)) {
            printDay(change.effectiveAt().atOffset(ZoneOffset.UTC).toLocalDate());
            out.println(line.write(change));
        }
        noteLeftOut(wallMillis);
        out.flush();
    }

    /**
     * Prints the table and the totals of the whole run.
     *
     * @param took real time since the shop opened
     * @param shopTime the shop's current time
     */
    public void summarise(long events, Duration took, Instant shopTime) {
        printLeftOut();
        out.println();
        tally.table().forEach(out::println);
        out.println();
        double seconds = Math.max(0.001, took.toMillis() / 1000.0);
        out.printf(
                Locale.ROOT,
                "%s in %.1f s (%.0f events/s), %s; the shop's time is %s.%n",
                CountText.of(events, "event"),
                seconds,
                events / seconds,
                CountText.of(tally.changes(), "change"),
                ShopTime.write(shopTime));
        out.flush();
    }

    private void printPast() {
        if (!pastPrinted) {
            pastPrinted = true;
            out.println("At the opening: " + tally.sizes() + ".");
            out.println();
            out.println(line.heading());
        }
    }

    private void printDay(LocalDate today) {
        if (!today.equals(day)) {
            day = today;
            out.println("-- " + today + " --");
        }
    }

    private void noteLeftOut(long wallMillis) {
        if (wallMillis >= nextNote) {
            nextNote = wallMillis + LEFT_OUT_NOTE_MILLIS;
            printLeftOut();
        }
    }

    private void printLeftOut() {
        long leftOut = budget.takeLeftOut();
        if (leftOut > 0) {
            out.println("             ... and " + leftOut + " more changes not shown here");
        }
    }
}
