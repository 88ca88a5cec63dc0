// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.plan.explain.EvidenceText;
import dev.segue.replay.backtest.Sample;
import dev.segue.value.ValueText;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words why a customer is a member under one set only. */
final class SampleText {
    private static final int SHOWN = 3;

    private SampleText() {}

    /** The change since which the sets disagree, with its cause and evidence. */
    static String reason(Sample sample) {
        Change change = sample.change();
        if (change == null) {
            return "the reason was not kept";
        }
        String evidence = change.evidence().stream().map(EvidenceText::brief).collect(Collectors.joining(", "));
        return (sample.ofNewSet() ? "new set: " : "old set: ")
                + (change.kind() == Change.Kind.EXITED ? "left " : "entered ")
                + ValueText.instant(change.effectiveAt().toEpochMilli())
                + by(change.cause())
                + (evidence.isEmpty() ? "" : ": " + evidence);
    }

    private static String by(Cause cause) {
        return switch (cause.kind()) {
            case EVENT -> " by " + cause.eventType() + " " + cause.eventId();
            case DEADLINE -> " by time";
            default -> "";
        };
    }

    /** What would have to change under the other set; empty if that does not have the segment. */
    static List<String> missing(Sample sample) {
        List<String> all = sample.missing();
        if (all.size() <= SHOWN) {
            return all;
        }
        List<String> shown = new java.util.ArrayList<>(all.subList(0, SHOWN));
        shown.add("and " + (all.size() - SHOWN) + " more");
        return shown;
    }
}
