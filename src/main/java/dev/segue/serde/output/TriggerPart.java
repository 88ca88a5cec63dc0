// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.ArmCounts;
import dev.segue.avro.TriggerCounts;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.WindowCounts;
import dev.segue.value.Millionths;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The part of a statistic's record that counts what a trigger decided and what came of it. */
final class TriggerPart {
    /** In the order of the schema. */
    private static final List<Arm> ARMS = List.of(Arm.TREATMENT, Arm.CONTROL, Arm.MIXED);

    private static final List<Kind> KINDS = List.of(
            Kind.SEND,
            Kind.HELD_OUT,
            Kind.WAITING,
            Kind.QUIET,
            Kind.NO_CONSENT,
            Kind.OUTRANKED,
            Kind.CAPPED,
            Kind.CANCELLED,
            Kind.EXPIRED,
            Kind.GOAL,
            Kind.NO_GOAL);

    private TriggerPart() {}

    static void write(RecordWriter record, WindowCounts counts) throws IOException {
        for (Arm arm : ARMS) {
            record.whole(counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.SENT)));
            record.whole(counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.GOAL)));
            record.number(Millionths.toDouble(counts.get(OutcomeCounts.value(arm))));
            record.whole(counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.UNSUBSCRIBED)));
            record.whole(counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.COMPLAINED)));
        }
        for (Kind kind : KINDS) {
            record.whole(counts.get(OutcomeCounts.of(kind)));
        }
    }

    static void read(TriggerCounts trigger, WindowCounts counts) {
        read(trigger.getTreatment(), Arm.TREATMENT, counts);
        read(trigger.getControl(), Arm.CONTROL, counts);
        read(trigger.getMixed(), Arm.MIXED, counts);
        for (Kind kind : KINDS) {
            Object decided = trigger.getDecisions().get(kind.name().toLowerCase(Locale.ROOT));
            counts.add(OutcomeCounts.of(kind), (Long) decided);
        }
    }

    private static void read(ArmCounts part, Arm arm, WindowCounts counts) {
        counts.add(OutcomeCounts.of(arm, TriggerOutcome.Measure.SENT), part.getSent());
        counts.add(OutcomeCounts.of(arm, TriggerOutcome.Measure.GOAL), part.getGoals());
        counts.add(OutcomeCounts.value(arm), Millionths.of(part.getValue()).units());
        counts.add(OutcomeCounts.of(arm, TriggerOutcome.Measure.UNSUBSCRIBED), part.getUnsubscribed());
        counts.add(OutcomeCounts.of(arm, TriggerOutcome.Measure.COMPLAINED), part.getComplained());
    }
}
