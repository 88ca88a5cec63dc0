// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerOutcome;
import dev.segue.statistics.Lift;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.value.CountText;
import java.util.Locale;

/**
 * A trigger that begins with changes of a segment, and what came of it.
 *
 * @param on which change begins it
 * @param sent messages sent
 * @param heldOut customers of the control group, who got nothing
 * @param goals share of those sent to who reached the goal
 * @param goalsOfControl the same of the control group
 * @param lift the difference with its interval, in percentage points, or why there is none
 * @param latest the latest decision; empty if none is known
 */
public record TriggerRow(
        String name,
        String address,
        String describes,
        String on,
        String channel,
        String sent,
        String heldOut,
        String goals,
        String goalsOfControl,
        String lift,
        String latest) {

    static TriggerRow of(Definition definition, DefinitionRule.Trigger trigger, ConsoleData data, long from) {
        WindowCounts counts = new WindowCounts();
        data.windows(new Subject(StatisticKind.TRIGGER, definition.name()), WindowSize.DAY, from)
                .values()
                .forEach(counts::add);
        return of(definition, trigger, counts, data);
    }

    /** @param counts of the time that is shown */
    static TriggerRow of(Definition definition, DefinitionRule.Trigger trigger, WindowCounts counts, ConsoleData data) {
        Lift.Sample treatment = sample(counts, Arm.TREATMENT);
        Lift.Sample control = sample(counts, Arm.CONTROL);
        return new TriggerRow(
                definition.name(),
                Address.trigger(definition.name()),
                definition.describes(),
                trigger.on().name().toLowerCase(Locale.ROOT),
                trigger.channelName(),
                CountText.of(counts.get(OutcomeCounts.of(TriggerDecision.Kind.SEND))),
                CountText.of(counts.get(OutcomeCounts.of(TriggerDecision.Kind.HELD_OUT))),
                rate(treatment),
                rate(control),
                lift(treatment, control),
                data.decisions(definition.name(), 1).stream()
                        .map(decision -> decision.kind().name().replace('_', ' ') + ". " + decision.reason())
                        .findFirst()
                        .orElse(""));
    }

    private static Lift.Sample sample(WindowCounts counts, Arm arm) {
        return new Lift.Sample(
                counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.GOAL)),
                counts.get(OutcomeCounts.of(arm, TriggerOutcome.Measure.SENT)));
    }

    private static String rate(Lift.Sample sample) {
        return sample.trials() == 0 ? "–" : CountText.percent(sample.rate());
    }

    private static String lift(Lift.Sample treatment, Lift.Sample control) {
        if (Lift.isTooFew(treatment, control)) {
            return "too few to compare";
        }
        Lift lift = Lift.of(treatment, control);
        return String.format(
                Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * lift.difference(), 100 * lift.low(), 100 * lift.high());
    }
}
