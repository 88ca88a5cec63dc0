package dev.segue.replay;

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
 */
public record ReadReport(
        String file,
        long rows,
        long events,
        List<Refusal> refused,
        List<Refusal> ignored,
        @Nullable String brokenOff) {

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
