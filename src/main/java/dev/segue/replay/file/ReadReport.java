package dev.segue.replay.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file. Every row is an event, a part of one, ignored or refused.
 *
 * @param file as the user named it
 * @param rows rows or lines read, headers and empty lines not counted
 * @param events events that came of them
 * @param refused rows that cannot be events, by reason, most frequent first
 * @param ignored rows that the mapping leaves out on purpose, by its reason
 * @param brokenOff why reading ended before the end of the file, in one sentence; null where it did not
 * @param lines what each line of the file was; null for a JSON array, whose elements are its rows
 * @param sorting how the events were put in order; null where they were left as the file has them
 */
public record ReadReport(
        String file,
        long rows,
        long events,
        List<Refusal> refused,
        List<Refusal> ignored,
        @Nullable String brokenOff,
        @Nullable Lines lines,
        @Nullable Sorting sorting) {

    /**
     * Every line of a file, accounted for: {@code total = header + blank + further + rows}, where {@code rows} are those
     * of the report, read and refused. A line ends with a line feed, a carriage return or both, or with the file.
     *
     * @param total lines of the file
     * @param header those of the row that names the columns
     * @param blank those of rows without any content
     * @param further those beyond the first of each row, which a row has whose cells have line ends in them
     */
    public record Lines(long total, long header, long blank, long further) {}

    /**
     * How one file's events were put in order of time.
     *
     * @param moved events that stood behind a later one in the file
     * @param unordered of these, how many still came too late to be put in their place
     * @param limit why these were not; empty where all were
     */
    public record Sorting(long moved, long unordered, String limit) {}

    public ReadReport with(Sorting done) {
        return new ReadReport(file, rows, events, refused, ignored, brokenOff, lines, done);
    }

    /** Rows that became an event or part of one, or were ignored on purpose. */
    public long readRows() {
        return rows - refusedRows();
    }

    /** How many rows were refused. */
    public long refusedRows() {
        return refused.stream().mapToLong(Refusal::count).sum();
    }

    /**
     * Rows that were left out for one reason.
     *
     * @param first the first few of them
     */
    public record Refusal(String reason, long count, List<Line> first) {}

    /**
     * One row that was left out.
     *
     * @param number from 1, with the header counted
     * @param detail the offending value; may be empty
     */
    public record Line(long number, String detail) {}
}
