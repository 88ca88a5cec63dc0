// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.plan.state.Limit;
import dev.segue.replay.ReplaySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything that a replay left out, replaced by a default or could not evaluate, one sentence each. */
public final class SummaryNotes {
    private SummaryNotes() {}

    /** Empty if there is nothing to report. */
    public static List<String> of(ReplaySummary summary) {
        List<String> notes = new ArrayList<>();
        if (summary.late() > 0) {
            notes.add(text("%,d events were late: they followed a later event of their customer", summary.late()));
        }
        if (summary.leftOut() > 0) {
            notes.add(text("%,d events after --until were left out", summary.leftOut()));
        }
        if (summary.dropped() > 0) {
            notes.add(text("%,d events of erased customers were dropped", summary.dropped()));
        }
        summary.limits().forEach((limit, times) -> notes.add(text("%s: %,d times", words(limit), times)));
        summary.problems().forEach((kind, count) -> notes.add(ProblemText.summary(kind, count)));
        if (!summary.currencies().isEmpty()) {
            notes.add(ProblemText.mixed(summary.currencies()));
        }
        summary.failures()
                .forEach((definition, times) -> notes.add(
                        text("%s: an expression had no value %,d times, and counted as false", definition, times)));
        return notes;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String words(Limit limit) {
        return switch (limit) {
            case GROUPS ->
                "a customer had too many groups of a stream, and the least recently changed group was dropped";
            case ELEMENTS_PUT_TOGETHER ->
                "a customer had too many elements of a stream, and the older half was summarized";
            case ELEMENTS -> "a customer had too many elements of a stream, and the oldest were dropped";
            case ORDERS -> "a customer had too many orders or refunds, and the oldest were dropped";
            case CART -> "a customer's cart had too many steps, and they were merged";
            case PROFILE -> "a customer's profile had too many fields, and a new field was ignored";
            case PAST -> "a customer's groups or cart from deleted events could not take over more of the past";
            case STATE_BYTES ->
                "a customer's state took too many bytes, and the older half of its largest aggregate was dropped";
            case CHANGE_BYTES -> "a change took too many bytes, and was written without its carry and long evidence";
        };
    }
}
