// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of one file. Every row is an event, a part of an event, ignored or refused.
 *
 * @param file as the user named it
 * @param rows rows or lines read, without headers and empty lines
 * @param events events made from them
 * @param refused rows that are not valid events, by reason, most frequent first
 * @param ignored rows that the mapping skips on purpose, by its reason
 * @param brokenOff why reading ended before the end of the file, in one sentence; null if it did not
 * @param lines the account of every line of the file; null for a JSON array, whose elements are its rows
 * @param sorting how the events were sorted; null if they were left in file order
 * @param findings values that were read as they are written, but probably mean something else
 * @param absent columns that the mapping reads and no row has; only JSON can lack them
 */
public record ReadReport(
        String file,
        long rows,
        long events,
        List<Refusal> refused,
        List<Refusal> ignored,
        @Nullable String brokenOff,
        @Nullable Lines lines,
        @Nullable Sorting sorting,
        List<Finding> findings,
        List<String> absent) {

    /**
     * The account of every line of a file: {@code total = header + blank + further + rows}, where {@code rows} are the
     * report's, read and refused. A line ends with a line feed, a carriage return or both, or with the file.
     *
     * @param total lines of the file
     * @param header lines of the row that names the columns
     * @param blank lines of rows without any content
     * @param further lines beyond the first of each row; a row has them if its cells contain line ends
     */
    public record Lines(long total, long header, long blank, long further) {}

    /**
     * The result of sorting one file's events by time.
     *
     * @param moved events that came after a later one in the file
     * @param unordered of these, the events that were too late to be sorted into place
     * @param limit why they could not be; empty if all were
     */
    public record Sorting(long moved, long unordered, String limit) {}

    /**
     * Values of one kind that were read as they are written, but probably mean something else.
     *
     * @param count cells, rows or events, depending on the kind
     * @param first the first of them
     */
    public record Finding(Kind kind, long count, Line first) {
        public enum Kind {
            /** Cells that are {@code NULL} or {@code \N}, if the mapping does not have {@code nulls}. */
            NULL_TEXT,
            /** Rows with a blank before an opening quote, which makes the quote an ordinary character. */
            BLANK_BEFORE_QUOTE,
            /** Rows with members of an object that the limits of {@link FlatJson} kept out of their events. */
            DROPPED_MEMBERS,
            /** Events later than the current time by more than a day. */
            AHEAD
        }
    }

    public ReadReport with(Sorting done) {
        return new ReadReport(file, rows, events, refused, ignored, brokenOff, lines, done, findings, absent);
    }

    /** Rows that became an event or part of one, or were ignored on purpose. */
    public long readRows() {
        return rows - refusedRows();
    }

    public long refusedRows() {
        return refused.stream().mapToLong(Refusal::count).sum();
    }

    /**
     * Rows that were refused or ignored for one reason.
     *
     * @param first the first few of them
     */
    public record Refusal(String reason, long count, List<Line> first) {}

    /**
     * One refused or ignored row.
     *
     * @param number from 1, counting the header
     * @param detail the offending value; may be empty
     */
    public record Line(long number, String detail) {}
}
