// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.TriggerDecision.Kind;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.WindowCounts;
import dev.segue.value.CountText;
import java.util.ArrayList;
import java.util.List;

/** How often a trigger decided what: what was sent, what held it back for a time, and what ended it. */
public record FunnelPart(List<Group> groups) {
    /** Decisions of one sort, the most frequent first. */
    public record Group(String title, List<Row> rows) {}

    /** @param width of its bar, from 0 to 100 */
    public record Row(String decision, String meaning, String count, long width) {}

    private enum Sort {
        SENT("Sent"),
        WAITS("Held back for a time"),
        ENDED("Ended without sending"),
        AFTER("Afterwards");

        private final String title;

        Sort(String title) {
            this.title = title;
        }
    }

    static FunnelPart of(WindowCounts counts) {
        long most = 1;
        for (Kind kind : Kind.values()) {
            most = Math.max(most, counts.get(OutcomeCounts.of(kind)));
        }
        List<Group> groups = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            List<Row> rows = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                long count = counts.get(OutcomeCounts.of(kind));
                if (sort(kind) == sort && (count > 0 || sort == Sort.SENT)) {
                    rows.add(new Row(
                            kind.name().replace('_', ' '), meaning(kind), CountText.of(count), 100 * count / most));
                }
            }
            if (!rows.isEmpty()) {
                groups.add(new Group(sort.title, List.copyOf(rows)));
            }
        }
        return new FunnelPart(List.copyOf(groups));
    }

    private static Sort sort(Kind kind) {
        return switch (kind) {
            case SEND, HELD_OUT -> Sort.SENT;
            case WAITING, QUIET, NO_CONSENT, OUTRANKED, CAPPED -> Sort.WAITS;
            case CANCELLED, EXPIRED -> Sort.ENDED;
            case GOAL, NO_GOAL -> Sort.AFTER;
        };
    }

    private static String meaning(Kind kind) {
        return switch (kind) {
            case SEND -> "handed over to be delivered";
            case HELD_OUT -> "control group, gets nothing";
            case WAITING -> "for its condition, its time or its hour";
            case QUIET -> "quiet hours";
            case NO_CONSENT -> "the customer has not agreed";
            case OUTRANKED -> "a more important trigger goes first";
            case CAPPED -> "enough was sent already; the activation ends if the trigger drops it";
            case CANCELLED -> "the reason to send was gone";
            case EXPIRED -> "too late";
            case GOAL -> "the goal was reached in time";
            case NO_GOAL -> "it was not";
        };
    }
}
