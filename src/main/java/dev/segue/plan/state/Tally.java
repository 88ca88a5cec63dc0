// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.definition.reduction.Most;
import dev.segue.value.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often each value occurs in a range of a series. Moving the range costs only the elements that enter or
 * leave it.
 */
final class Tally {
    private final Map<Object, int[]> counts = new HashMap<>();
    private int from;
    private int to;

    /** Returns the index after the last counted element. */
    int to() {
        return to;
    }

    /** Moves the tally to another range of the same elements. */
    void move(Series series, int newFrom, int newTo) {
        if (newFrom >= to || newTo <= from) {
            counts.clear();
            from = newFrom;
            to = newFrom;
        }
        while (from > newFrom) {
            add(series.value(--from), 1);
        }
        while (to < newTo) {
            add(series.value(to++), 1);
        }
        while (from < newFrom) {
            add(series.value(from++), -1);
        }
        while (to > newTo) {
            add(series.value(--to), -1);
        }
    }

    /** Prepares for the removal of {@code count} elements from the front. */
    void dropFront(Series series, int count) {
        if (from < count) {
            move(series, Math.min(count, to), to);
        }
        from = Math.max(0, from - count);
        to = Math.max(0, to - count);
    }

    private void add(@Nullable Object value, int change) {
        if (value == null) {
            return;
        }
        Object key = key(value);
        int[] count = counts.computeIfAbsent(key, absent -> new int[1]);
        count[0] += change;
        if (count[0] == 0) {
            counts.remove(key);
        }
    }

    static Object key(Object value) {
        return Values.unsigned(Values.readable(value));
    }

    /** Returns the most frequent value; the smallest if several are equally frequent. */
    Most.Leader leader() {
        Most.Leader leader = new Most.Leader();
        counts.forEach((value, count) -> leader.meet(value, count[0]));
        return leader;
    }

    /** As {@link #leader}, for a range of few elements, for which comparing is cheaper than hashing. */
    static Most.Leader leaderOfFew(Series series, int from, int to) {
        @Nullable Object[] keys = new Object[to - from];
        int[] counts = new int[keys.length];
        int distinct = 0;
        for (int index = from; index < to; index++) {
            Object value = series.value(index);
            if (value != null) {
                Object key = key(value);
                int at = 0;
                while (at < distinct && !key.equals(keys[at])) {
                    at++;
                }
                if (at == distinct) {
                    keys[distinct++] = key;
                }
                counts[at]++;
            }
        }
        Most.Leader leader = new Most.Leader();
        for (int at = 0; at < distinct; at++) {
            leader.meet(Objects.requireNonNull(keys[at]), counts[at]);
        }
        return leader;
    }
}
