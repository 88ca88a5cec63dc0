package dev.segue.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each value occurs in a range of a series. A range that moves on costs the elements that come and go, not all
 * that stay.
 */
final class Tally {
    private final Map<Object, int[]> counts = new HashMap<>();
    private int from;
    private int to;
    private int total;

    /** Counts values that are no series. */
    static Tally of(List<?> values) {
        Tally tally = new Tally();
        values.forEach(value -> tally.add(value, 1));
        return tally;
    }

    /** Index after the last element counted. */
    int to() {
        return to;
    }

    /** Counts another range of the same elements. */
    void move(Series series, int newFrom, int newTo) {
        if (newFrom >= to || newTo <= from) {
            counts.clear();
            total = 0;
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

    /** So many elements are about to go from the front. */
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
        Object key = Reductions.unsigned(FieldValue.readable(value));
        int[] count = counts.computeIfAbsent(key, absent -> new int[1]);
        count[0] += change;
        total += change;
        if (count[0] == 0) {
            counts.remove(key);
        }
    }

    /** The most frequent value, of equals the smallest, with how often it occurs. */
    Object most(Object zero) {
        @Nullable Object most = null;
        int highest = 0;
        for (Map.Entry<Object, int[]> entry : counts.entrySet()) {
            int count = entry.getValue()[0];
            if (count > highest || (most != null && count == highest && Reductions.compare(entry.getKey(), most) < 0)) {
                most = entry.getKey();
                highest = count;
            }
        }
        return most == null ? zero : Reductions.most(most, highest, (double) highest / total);
    }
}
