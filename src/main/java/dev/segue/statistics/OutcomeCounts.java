// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome;
import dev.segue.value.Millionths;

/**
 * Counts what triggers decide, and what comes of what they send. A decision counts at its own instant; an outcome counts
 * when its message was sent, so that goals and sendings of a window belong together.
 */
public final class OutcomeCounts {
    private final PendingCounts pending;
    private final Since since;

    /** @param pending receives the counts */
    public OutcomeCounts(PendingCounts pending, Since since) {
        this.pending = pending;
        this.since = since;
    }

    public void decided(TriggerDecision decision) {
        add(decision.trigger(), decision.decidedAt().toEpochMilli(), of(decision.kind()), 1);
    }

    public void came(TriggerOutcome outcome) {
        long sentAt = outcome.sentAt().toEpochMilli();
        add(outcome.trigger(), sentAt, of(outcome.arm(), outcome.measure()), 1);
        Double value = outcome.value();
        if (value != null && Double.isFinite(value) && since.instant() <= sentAt) {
            add(
                    outcome.trigger(),
                    sentAt,
                    value(outcome.arm()),
                    Millionths.of(value).units());
        }
    }

    private void add(String trigger, long at, Measure measure, long more) {
        if (since.includes(at)) {
            pending.add(new Subject(StatisticKind.TRIGGER, trigger), at, measure, more);
        }
    }

    /** The measure that counts decisions of a kind. */
    public static Measure of(Kind kind) {
        return Measure.valueOf("DECIDED_" + kind.name());
    }

    /** The measure that counts outcomes of an arm. */
    public static Measure of(Arm arm, TriggerOutcome.Measure measure) {
        return Measure.valueOf(arm.name() + "_" + measure.name());
    }

    /** The measure that adds up the values of an arm's goals. */
    public static Measure value(Arm arm) {
        return Measure.valueOf(arm.name() + "_VALUE");
    }
}
