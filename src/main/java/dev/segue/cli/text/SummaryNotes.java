// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.plan.state.Limit;
import dev.segue.replay.ReplaySummary;
import dev.segue.value.CountText;
import java.util.ArrayList;
import java.util.List;

/** Everything that a replay left out, replaced by a default or could not evaluate, one sentence each. */
public final class SummaryNotes {
    private SummaryNotes() {}

    /** Empty if there is nothing to report. */
    public static List<String> of(ReplaySummary summary) {
        List<String> notes = new ArrayList<>();
        if (summary.late() > 0) {
            notes.add(CountText.of(summary.late(), "event was late: it", "events were late: they")
                    + " followed a later event of their customer");
        }
        if (summary.leftOut() > 0) {
            notes.add(CountText.of(summary.leftOut(), "event after --until was", "events after --until were")
                    + " left out");
        }
        if (summary.dropped() > 0) {
            notes.add(CountText.of(
                            summary.dropped(), "event of an erased customer was", "events of erased customers were")
                    + " dropped");
        }
        summary.limits().forEach((limit, times) -> notes.add(words(limit) + ": " + CountText.of(times, "time")));
        summary.problems().forEach((kind, count) -> notes.add(ProblemText.summary(kind, count)));
        if (!summary.currencies().isEmpty()) {
            notes.add(ProblemText.mixed(summary.currencies()));
        }
        summary.failures()
                .forEach((definition, times) -> notes.add(definition + ": an expression had no value "
                        + CountText.of(times, "time") + ", and counted as false"));
        return notes;
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
            case DECISION_BYTES -> "a decision of a trigger took too many bytes, and was written without its payload";
        };
    }
}
