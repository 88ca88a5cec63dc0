// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Change;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger and its channel say besides their expressions, parsed independently from the same text. All times are in
 * milliseconds.
 *
 * @param segment whose changes begin an activation
 * @param best null to send at any hour
 * @param quiet the trigger's own, or else the channel's; null if there are none
 * @param holdout hundredths of a percent
 * @param goal null for none
 */
record OracleTrigger(
        String segment,
        Change.Kind change,
        boolean backfilled,
        String channel,
        long pause,
        @Nullable Best best,
        @Nullable Quiet quiet,
        List<Limit> own,
        List<Limit> channels,
        boolean drops,
        int priority,
        int holdout,
        long expires,
        @Nullable Goal goal) {
    private static final long DAY = 86_400_000;

    /** The hour that a trait says, if it comes soon enough. */
    record Best(String trait, long within) {}

    /** Hours of the customer's day in which nothing is sent. */
    record Quiet(LocalTime from, LocalTime to) {
        boolean contains(LocalTime time) {
            int minute = time.toSecondOfDay() / 60;
            int begin = from.toSecondOfDay() / 60;
            int length = Math.floorMod(to.toSecondOfDay() / 60 - begin, 24 * 60);
            return Math.floorMod(minute - begin, 24 * 60) < length;
        }
    }

    /** @param per {@code day}, {@code week}, {@code month} or a duration */
    record Limit(int atMost, String per) {}

    /** @param value the field that says what the event is worth; null for none */
    record Goal(String event, long within, @Nullable String value) {}

    /** @param known what the channel's own document says */
    static OracleTrigger of(Map<?, ?> trigger, Map<?, ?> known) {
        Object start = trigger.get(true); // To this parser, "on" is a yes.
        Map<?, ?> on = start instanceof Map<?, ?> map ? map : Map.of("segment", start);
        Object change = on.get("change");
        long pause = millis(trigger.get("wait"), 0);
        return new OracleTrigger(
                on.get("segment").toString(),
                change == null ? Change.Kind.ENTERED : Change.Kind.valueOf(change.toString()),
                Boolean.TRUE.equals(trigger.get("backfilled")),
                trigger.get("channel").toString(),
                pause,
                trigger.get("best_hour") instanceof Map<?, ?> best
                        ? new Best(best.get("trait").toString(), millis(best.get("within"), 0))
                        : null,
                quiet(trigger.containsKey("quiet") ? trigger.get("quiet") : known.get("quiet")),
                limits(trigger.get("cap")),
                limits(known.get("cap")),
                "drop".equals(trigger.get("over_cap")),
                trigger.get("priority") instanceof Integer number ? number : 0,
                trigger.containsKey("holdout") ? hundredths(trigger.get("holdout")) : 0,
                millis(trigger.get("expires"), pause + DAY),
                trigger.get("goal") instanceof Map<?, ?> goal ? goal(goal) : null);
    }

    private static long millis(@Nullable Object duration, long otherwise) {
        return duration == null ? otherwise : Instants.millis(duration.toString());
    }

    private static @Nullable Quiet quiet(@Nullable Object quiet) {
        return quiet instanceof Map<?, ?> hours
                ? new Quiet(
                        LocalTime.parse(hours.get("from").toString()),
                        LocalTime.parse(hours.get("to").toString()))
                : null;
    }

    private static List<Limit> limits(@Nullable Object caps) {
        List<?> all = caps instanceof List<?> several ? several : caps == null ? List.of() : List.of(caps);
        return all.stream()
                .map(cap -> (Map<?, ?>) cap)
                .map(cap ->
                        new Limit((Integer) cap.get("at_most"), cap.get("per").toString()))
                .toList();
    }

    private static int hundredths(Object percent) {
        return new BigDecimal(percent.toString()).movePointRight(2).intValueExact();
    }

    private static Goal goal(Map<?, ?> goal) {
        Object value = goal.get("value");
        return new Goal(
                goal.get("event").toString(), millis(goal.get("within"), 0), value == null ? null : value.toString());
    }
}
