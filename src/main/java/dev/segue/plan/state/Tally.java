// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.definition.reduction.Most;
import dev.segue.value.Bucket;
import dev.segue.value.Values;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often each value occurs in a range of a column, and which is the most frequent. Moving the range costs only
 * the elements that enter or leave it. Merged elements count with the latest of their values.
 */
public final class Tally {
    private final Column column;
    private int[] counts = new int[4];
    /** For each code, the code under which its value is counted: 0.0 and -0.0 are one value. */
    private int[] counted = new int[4];
    /** Whether any code is that of merged elements. */
    private boolean merged;

    private int codes;
    private int total;
    private int from;
    private int to;
    /** The most frequent value's code; {@link Column#NONE} if the range has no values. */
    private int leader = Column.NONE;
    /** How many of the leader's elements must leave before it no longer leads. */
    private int margin;
    /** Whether leader and margin are those of the range. */
    private boolean known;

    Tally(Column column) {
        this.column = column;
    }

    /** Returns the index of the first counted element. */
    int from() {
        return from;
    }

    /** Returns the index after the last counted element. */
    int to() {
        return to;
    }

    /** Moves the tally to another range. */
    void move(int newFrom, int newTo) {
        if (newFrom >= to || newTo <= from) {
            Arrays.fill(counts, 0);
            total = 0;
            from = newFrom;
            to = newFrom;
            known = false;
        }
        change(Math.min(from, newFrom), from, 1);
        change(to, Math.max(to, newTo), 1);
        change(from, Math.max(from, newFrom), -1);
        change(Math.min(to, newTo), to, -1);
        from = newFrom;
        to = newTo;
    }

    /** Prepares for the removal of {@code count} elements from the front. */
    void dropFront(int count) {
        if (from < count) {
            move(Math.min(count, to), to);
        }
        from = Math.max(0, from - count);
        to = Math.max(0, to - count);
    }

    /** Counts or uncounts a range of elements. */
    private void change(int first, int end, int sign) {
        int start = first;
        for (int run = start < end ? column.runOf(start) : 0; start < end; run++) {
            int until = Math.min(end, column.end(run));
            int code = column.code(run);
            if (code != Column.NONE) {
                change(counterOf(code), sign * (until - start) * weight(code));
            }
            start = until;
        }
    }

    /** Returns how often an element with this code counts. */
    private int weight(int code) {
        return column.valueOf(code) instanceof Bucket bucket ? bucket.repeated() : 1;
    }

    private void change(int code, int times) {
        counts[code] += times;
        total += times;
        if (!known) {
            return;
        }
        if (code == leader) {
            margin += times;
        } else if (times > 0) {
            margin = Math.min(margin, lead(code));
        }
        // Without some elements of another value, the margin may be larger.
        known = margin > 0 && (code == leader || times > 0);
    }

    /** Returns how many of the leader's elements must leave before this value leads. */
    private int lead(int code) {
        boolean wins = Values.compare(key(code), key(leader)) < 0;
        return counts[leader] - counts[code] + (wins ? 0 : 1);
    }

    private int counterOf(int code) {
        while (codes <= code) {
            if (codes == counts.length) {
                counts = Arrays.copyOf(counts, codes * 2);
                counted = Arrays.copyOf(counted, codes * 2);
            }
            counted[codes] = counterOfNew(codes);
            codes++;
        }
        return counted[code];
    }

    private int counterOfNew(int code) {
        merged |= column.valueOf(code) instanceof Bucket;
        if (merged || column.valueOf(code) instanceof Number) {
            for (int other = 0; other < code; other++) {
                if (key(other).equals(key(code))) {
                    return other;
                }
            }
        }
        return code;
    }

    private Object key(int code) {
        Object value = column.valueOf(code);
        return Values.unsigned(Values.readable(value instanceof Bucket bucket ? bucket.last() : value));
    }

    private void findLeader() {
        if (known) {
            return;
        }
        leader = Column.NONE;
        int second = Column.NONE;
        for (int code = 0; code < codes; code++) {
            if (counts[code] == 0) {
                continue;
            }
            if (leader == Column.NONE || leads(code, leader)) {
                second = leader;
                leader = code;
            } else if (second == Column.NONE || leads(code, second)) {
                second = code;
            }
        }
        margin = leader == Column.NONE ? 0 : second == Column.NONE ? counts[leader] : lead(second);
        known = leader != Column.NONE;
    }

    private boolean leads(int code, int other) {
        return counts[code] > counts[other]
                || (counts[code] == counts[other] && Values.compare(key(code), key(other)) < 0);
    }

    /** Returns the most frequent value, and the smallest if several are equally frequent; null if there are no values. */
    public @Nullable Object leader() {
        findLeader();
        return leader == Column.NONE ? null : key(leader);
    }

    /** Returns how often the most frequent value occurs. */
    public int count() {
        findLeader();
        return leader == Column.NONE ? 0 : counts[leader];
    }

    /** Returns how many of the leader's elements must leave before it no longer leads. */
    public int margin() {
        findLeader();
        return margin;
    }

    /** Returns the result of {@code most()}. */
    public Object result(Object zero) {
        Object value = leader();
        return value == null ? zero : Most.result(value, count(), total);
    }

    /**
     * Returns the index of the element with which the leader's n-th one leaves the range, from the oldest.
     *
     * @param n from 1 to {@link #count}
     */
    public int indexOfLeader(int n) {
        findLeader();
        int left = n;
        int start = from;
        for (int run = column.runOf(from); start < to; run++) {
            int until = Math.min(to, column.end(run));
            int code = column.code(run);
            if (code != Column.NONE && counterOf(code) == leader) {
                int weight = weight(code);
                if ((until - start) * weight >= left) {
                    return start + (left - 1) / weight;
                }
                left -= (until - start) * weight;
            }
            start = until;
        }
        throw new IllegalArgumentException("the leader has " + count() + " elements, not " + n);
    }

    /**
     * Extends the range by one element.
     *
     * @return whether the same value leads, and time alone cannot change that any sooner than before
     */
    boolean extend() {
        findLeader();
        int code = column.codeAt(to);
        if (code == Column.NONE) {
            to++;
            return true;
        }
        int before = leader;
        int marginBefore = margin;
        move(from, to + 1);
        return known && leader == before && margin >= marginBefore;
    }

    /**
     * Extends the range by one element.
     *
     * @return whether the most frequent value, whichever it is, occurs as often as before, and at least once
     */
    boolean extendWithSameCount() {
        int before = count();
        move(from, to + 1);
        return before > 0 && count() == before;
    }
}
