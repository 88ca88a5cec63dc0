// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Bucket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value, or none, of each element of a {@link Series}, stored as runs of equal values: the events of one visit have
 * the same hour, city and device. Each different value is stored once and has a code.
 */
public final class Column {
    /** The code of elements without a value. */
    public static final int NONE = -1;

    /** Values without a run are removed once there are this many values, and more than two for each run. */
    private static final int UNUSED = 32;

    private static final int FEW = 16;

    private Object[] values;
    private int distinct;
    private int[] codes;
    /** For each run, the index after its last element. */
    private int[] ends;

    private int runs;
    /** The codes by value; null if there are few, which are compared one by one. */
    private @Nullable Map<Object, Integer> codeOf;
    /** Caches the counts of a range of values; null if they must be counted again. */
    private @Nullable Tally tally;

    /** A column without elements. */
    public Column() {
        values = new Object[1];
        codes = new int[1];
        ends = new int[1];
    }

    /** A column of elements without a value. */
    static Column ofNothing(int size) {
        Column column = new Column();
        column.appendRun(NONE, size);
        return column;
    }

    /** Returns the number of runs of equal values. */
    public int runs() {
        return runs;
    }

    /** Returns the code of a run's value; {@link #NONE} if its elements have none. */
    public int code(int run) {
        return codes[run];
    }

    /** Returns the index after the last element of a run. */
    public int end(int run) {
        return ends[run];
    }

    /** Returns the number of codes; some values may no longer have an element. */
    public int codes() {
        return distinct;
    }

    /** Returns the value of a code. */
    public Object valueOf(int code) {
        return values[code];
    }

    /** Returns the run of an element. */
    int runOf(int index) {
        int low = 0;
        int high = runs - 1;
        // New elements are the latest.
        if (high > 0 && ends[high - 1] <= index) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int codeAt(int index) {
        return codes[runOf(index)];
    }

    @Nullable
    Object value(int index) {
        int code = codeAt(index);
        return code == NONE ? null : values[code];
    }

    /** Returns the counts of the values in a range. */
    Tally tally(int from, int to) {
        if (tally == null) {
            tally = new Tally(this);
        }
        tally.move(from, to);
        return tally;
    }

    /** Inserts a value before the element at an index. */
    void insert(int index, @Nullable Object value) {
        int code = value == null ? NONE : codeFor(value);
        if (runs == 0 || index == ends[runs - 1]) {
            appendRun(code, 1);
            return;
        }
        if (tally != null && index < tally.to()) {
            tally = null;
        }
        int run = runOf(index);
        int start = run == 0 ? 0 : ends[run - 1];
        if (codes[run] != code && index == start && run > 0 && codes[run - 1] == code) {
            run--;
        }
        if (codes[run] != code) {
            split(run, index, code);
            return;
        }
        for (int later = run; later < runs; later++) {
            ends[later]++;
        }
    }

    /** Puts one element of another value into a run. */
    private void split(int run, int index, int code) {
        Column old = copyOfRuns();
        runs = 0;
        int start = 0;
        for (int known = 0; known < old.runs; known++) {
            if (known == run) {
                appendRun(old.codes[known], index - start);
                appendRun(code, 1);
                appendRun(old.codes[known], old.ends[known] - index);
            } else {
                appendRun(old.codes[known], old.ends[known] - start);
            }
            start = old.ends[known];
        }
    }

    private Column copyOfRuns() {
        Column copy = new Column();
        copy.codes = Arrays.copyOf(codes, runs);
        copy.ends = Arrays.copyOf(ends, runs);
        copy.runs = runs;
        return copy;
    }

    /** Adds a number of elements with one value at the end, for reading a stored column. */
    public void append(@Nullable Object value, int length) {
        appendRun(value == null ? NONE : codeFor(value), length);
    }

    /**
     * Adds a run, for reading a stored column whose codes are known.
     *
     * @throws IllegalArgumentException if the code is unknown
     */
    public void appendRun(int code, int length) {
        if (code >= distinct) {
            throw new IllegalArgumentException("code " + code + " of " + distinct);
        }
        if (length == 0) {
            return;
        }
        int end = (runs == 0 ? 0 : ends[runs - 1]) + length;
        if (runs > 0 && codes[runs - 1] == code) {
            ends[runs - 1] = end;
            return;
        }
        if (runs == codes.length) {
            codes = Arrays.copyOf(codes, runs * 2);
            ends = Arrays.copyOf(ends, runs * 2);
        }
        codes[runs] = code;
        ends[runs++] = end;
    }

    private int codeFor(Object value) {
        if (runs > 0 && codes[runs - 1] != NONE && values[codes[runs - 1]].equals(value)) {
            return codes[runs - 1];
        }
        int known = isScalar(value) ? find(value) : NONE;
        return known == NONE ? addValue(value) : known;
    }

    private int find(Object value) {
        if (distinct > FEW) {
            if (codeOf == null) {
                codeOf = new HashMap<>();
                for (int code = 0; code < distinct; code++) {
                    codeOf.putIfAbsent(values[code], code);
                }
            }
            return codeOf.getOrDefault(value, NONE);
        }
        // Texts remember their hash, and comparing days or ids, which differ only in their last characters, takes
        // longer.
        int hash = value.hashCode();
        for (int code = 0; code < distinct; code++) {
            Object known = values[code];
            if (known.getClass() == value.getClass() && known.hashCode() == hash && known.equals(value)) {
                return code;
            }
        }
        return NONE;
    }

    /** Only these are worth searching for: equal buckets, lists and maps are rare, and comparing them is expensive. */
    private static boolean isScalar(Object value) {
        return value instanceof Comparable<?>;
    }

    /** Adds a value that has no code yet, for reading a stored column; returns its code. */
    public int addValue(Object value) {
        if (distinct >= UNUSED && distinct > 2 * runs) {
            removeUnused();
        }
        if (distinct == values.length) {
            values = Arrays.copyOf(values, distinct * 2);
        }
        if (codeOf != null) {
            codeOf.putIfAbsent(value, distinct);
        }
        values[distinct] = value;
        return distinct++;
    }

    private void removeUnused() {
        tally = null;
        codeOf = null;
        Object[] old = values;
        int[] renumbered = new int[distinct];
        Arrays.fill(renumbered, NONE);
        values = new Object[Math.max(1, runs + 1)];
        distinct = 0;
        for (int run = 0; run < runs; run++) {
            int code = codes[run];
            if (code != NONE) {
                if (renumbered[code] == NONE) {
                    renumbered[code] = distinct;
                    values[distinct++] = old[code];
                }
                codes[run] = renumbered[code];
            }
        }
    }

    /** Removes the elements of a range. */
    void remove(int from, int to) {
        if (tally != null) {
            if (from == 0) {
                tally.dropFront(to);
            } else {
                tally = null;
            }
        }
        if (from == 0) {
            removeFirst(to);
            return;
        }
        int size = runs;
        runs = 0;
        int start = 0;
        int kept = 0;
        for (int run = 0; run < size; run++) {
            int end = ends[run];
            int length = end - start - Math.max(0, Math.min(end, to) - Math.max(start, from));
            start = end;
            // The runs move only towards the front, so none is overwritten before it has been read.
            if (length > 0) {
                kept += length;
                if (runs > 0 && codes[runs - 1] == codes[run]) {
                    ends[runs - 1] = kept;
                } else {
                    codes[runs] = codes[run];
                    ends[runs++] = kept;
                }
            }
        }
    }

    /** Elements usually leave at the front, and with every event. */
    private void removeFirst(int count) {
        int first = count < ends[runs - 1] ? runOf(count) : runs;
        int left = runs - first;
        System.arraycopy(codes, first, codes, 0, left);
        for (int run = 0; run < left; run++) {
            ends[run] = ends[first + run] - count;
        }
        runs = left;
    }

    /** Returns whether every value among the first elements can be merged with others. */
    boolean isMergeable(int to) {
        for (int run = 0; run < runs && (run == 0 || ends[run - 1] < to); run++) {
            if (codes[run] != NONE && !Bucket.mergeable(values[codes[run]])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the column after neighbours were merged; {@code targets} has the new index of each element. */
    Column merged(int[] targets) {
        Column merged = new Column();
        int size = targets.length;
        for (int index = 0; index < size; ) {
            int target = targets[index];
            Object value = value(index++);
            while (index < size && targets[index] == target) {
                value = merged(value, value(index++));
            }
            merged.append(value, 1);
        }
        return merged;
    }

    private static @Nullable Object merged(@Nullable Object earlier, @Nullable Object later) {
        if (earlier == null || later == null) {
            return earlier == null ? later : earlier;
        }
        return Bucket.of(earlier).with(Bucket.of(later));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int run = 0; run < runs; run++) {
            int start = run == 0 ? 0 : ends[run - 1];
            text.append(codes[run] == NONE ? "none" : Objects.toString(values[codes[run]]))
                    .append(" x ")
                    .append(ends[run] - start)
                    .append(run + 1 < runs ? ", " : "");
        }
        return text.append(']').toString();
    }
}
