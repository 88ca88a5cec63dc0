// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome;
import dev.segue.serde.event.JsonLines;
import dev.segue.statistics.Course;
import dev.segue.statistics.Lift;
import dev.segue.statistics.Lift.Sample;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.WindowCounts;
import dev.segue.value.Millionths;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what triggers decided and what came of it, as tables or as lines of JSON. */
public final class OutcomesText {
    /** Shown instead of a lift that {@link Lift#isTooFew} refuses. */
    private static final String TOO_FEW = "too few to say";

    private OutcomesText() {}

    /** Prints a row for each trigger: what came of its messages, and how that differs from the control group. */
    public static void table(List<Course> triggers, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "trigger",
                "sends",
                "goals",
                "rate",
                "value/send",
                "unsubscribed",
                "spam",
                "control",
                "goals",
                "rate",
                "value/send",
                "lift in points (95 %)"));
        for (Course trigger : triggers) {
            WindowCounts total = trigger.total();
            List<String> row = new ArrayList<>(List.of(trigger.subject().name()));
            row.addAll(goals(total, Arm.TREATMENT));
            row.add(StatisticsTable.number(count(total, Arm.TREATMENT, TriggerOutcome.Measure.UNSUBSCRIBED)));
            row.add(StatisticsTable.number(count(total, Arm.TREATMENT, TriggerOutcome.Measure.COMPLAINED)));
            row.addAll(goals(total, Arm.CONTROL));
            row.add(lift(total));
            rows.add(row);
        }
        StatisticsTable.print(rows, out);
    }

    private static List<String> goals(WindowCounts counts, Arm arm) {
        Sample sample = sample(counts, arm);
        boolean isEmpty = sample.trials() == 0;
        return List.of(
                StatisticsTable.number(sample.trials()),
                StatisticsTable.number(sample.successes()),
                isEmpty ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * sample.rate()),
                isEmpty ? "-" : String.format(Locale.ROOT, "%,.2f", value(counts, arm) / sample.trials()));
    }

    private static String lift(WindowCounts counts) {
        Sample treatment = sample(counts, Arm.TREATMENT);
        Sample control = sample(counts, Arm.CONTROL);
        if (Lift.isTooFew(treatment, control)) {
            return TOO_FEW;
        }
        Lift lift = Lift.of(treatment, control);
        return String.format(
                Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * lift.difference(), 100 * lift.low(), 100 * lift.high());
    }

    /** Prints how often each kind of decision was made for one trigger. */
    public static void decisions(Course trigger, PrintWriter out) {
        WindowCounts total = trigger.total();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("decision", "times"));
        for (Kind kind : Kind.values()) {
            rows.add(List.of(kind.name(), StatisticsTable.number(total.get(OutcomeCounts.of(kind)))));
        }
        StatisticsTable.print(rows, out);
    }

    /** One line of JSON, with the names of the topic's schema; no lift if there is too little to compare. */
    public static String json(Course trigger) {
        WindowCounts total = trigger.total();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("trigger", trigger.subject().name());
        for (Arm arm : Arm.values()) {
            values.put(arm.name().toLowerCase(Locale.ROOT), arm(total, arm));
        }
        Sample treatment = sample(total, Arm.TREATMENT);
        Sample control = sample(total, Arm.CONTROL);
        if (!Lift.isTooFew(treatment, control)) {
            Lift lift = Lift.of(treatment, control);
            Map<String, Object> interval = new LinkedHashMap<>();
            interval.put("difference", lift.difference());
            interval.put("low", lift.low());
            interval.put("high", lift.high());
            values.put("lift", interval);
        }
        Map<String, Object> decisions = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            decisions.put(kind.name().toLowerCase(Locale.ROOT), total.get(OutcomeCounts.of(kind)));
        }
        values.put("decisions", decisions);
        return JsonLines.write(values);
    }

    private static Map<String, Object> arm(WindowCounts counts, Arm arm) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sent", count(counts, arm, TriggerOutcome.Measure.SENT));
        values.put("goals", count(counts, arm, TriggerOutcome.Measure.GOAL));
        values.put("value", counts.shown(OutcomeCounts.value(arm)));
        values.put("unsubscribed", count(counts, arm, TriggerOutcome.Measure.UNSUBSCRIBED));
        values.put("complained", count(counts, arm, TriggerOutcome.Measure.COMPLAINED));
        return values;
    }

    private static Sample sample(WindowCounts counts, Arm arm) {
        return new Sample(
                count(counts, arm, TriggerOutcome.Measure.GOAL), count(counts, arm, TriggerOutcome.Measure.SENT));
    }

    private static long count(WindowCounts counts, Arm arm, TriggerOutcome.Measure measure) {
        return counts.get(OutcomeCounts.of(arm, measure));
    }

    private static double value(WindowCounts counts, Arm arm) {
        return Millionths.toDouble(counts.get(OutcomeCounts.value(arm)));
    }
}
