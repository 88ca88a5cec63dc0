// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a stream in order of (time, arrival): their times and, if the plan needs them, one or more values of each.
 * Every value has a column. {@link Retention} drops elements that no result needs, so a series is short. A series that
 * still exceeds {@link Retention#CAP} merges its older half.
 */
public final class Series extends AggregateState {
    private static final int[] NONE = {};

    private long[] times;
    private int size;
    /** How many elements each one stands for; null as long as none was merged. */
    private long @Nullable [] weights;

    /** The columns' stable ids, and the columns. */
    private int[] ids;

    private Column[] columns;
    private boolean clipped;
    /** Whether the latest change added an element at the end. */
    private boolean appended;
    /** The time of the element whose value the latest change repeated; {@link Long#MIN_VALUE} if it repeated none. */
    private long repeatedAt = Long.MIN_VALUE;

    /** An empty series without values. */
    public Series() {
        this(NONE);
    }

    /** @param ids the columns' stable ids, in order; not copied */
    public Series(int[] ids) {
        this(new long[2], 0, null, ids, newColumns(ids.length), false);
    }

    /**
     * @param times ascending, in milliseconds since the epoch; not copied
     * @param size number of used times
     * @param weights how many elements each one stands for; null if none was merged; not copied
     * @param ids the columns' stable ids; not copied
     * @param columns each with {@code size} elements; not copied
     * @param clipped whether the cap has ever dropped an element
     */
    public Series(long[] times, int size, long @Nullable [] weights, int[] ids, Column[] columns, boolean clipped) {
        this.times = times;
        this.size = size;
        this.weights = weights;
        this.ids = ids;
        this.columns = columns;
        this.clipped = clipped;
    }

    private static Column[] newColumns(int count) {
        Column[] columns = new Column[count];
        Arrays.setAll(columns, index -> new Column());
        return columns;
    }

    public int size() {
        return size;
    }

    public long time(int index) {
        return times[index];
    }

    /** Returns how many elements the one at an index stands for. */
    public long weight(int index) {
        return weights == null ? 1 : weights[index];
    }

    /** Returns the number of columns. */
    public int columns() {
        return columns.length;
    }

    /** Returns the stable id of a column. */
    public int id(int column) {
        return ids[column];
    }

    /** Returns the column with a stable id; -1 if there is none. */
    public int columnOf(int id) {
        int column = columns.length - 1;
        while (column >= 0 && ids[column] != id) {
            column--;
        }
        return column;
    }

    public Column column(int column) {
        return columns[column];
    }

    /** Returns a value of an element; null if it has none. */
    public @Nullable Object value(int column, int index) {
        return columns[column].value(index);
    }

    /** Returns the values of a range of elements, without those that have none. */
    public List<Object> values(int column, int from, int to) {
        List<Object> values = new ArrayList<>(Math.max(0, to - from));
        Column known = columns[column];
        int start = from;
        for (int run = from < to ? known.runOf(from) : 0; start < to; run++) {
            int until = Math.min(to, known.end(run));
            for (; start < until; start++) {
                if (known.code(run) != Column.NONE) {
                    values.add(known.valueOf(known.code(run)));
                }
            }
        }
        return values;
    }

    /** Returns whether the cap has ever dropped an element that a result might have needed. */
    public boolean clipped() {
        return clipped;
    }

    /** Returns the index of the first element later than the time. */
    public int firstAfter(long time) {
        // Both ends are the most frequent results: new elements are the latest, and old ones are inside the window.
        if (size == 0 || times[size - 1] <= time) {
            return size;
        }
        if (times[0] > time) {
            return 0;
        }
        int low = 1;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns whether any element in a range was merged from several. */
    public boolean isCoarse(int from, int to) {
        if (weights == null) {
            return false;
        }
        // Merging starts at the oldest element, so the search usually ends at the first one.
        for (int index = from; index < to; index++) {
            if (weights[index] > 1) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of elements in a range, including those that were merged. */
    public long count(int from, int to) {
        if (weights == null) {
            return Math.max(0, to - from);
        }
        long count = 0;
        for (int index = from; index < to; index++) {
            count += weights[index];
        }
        return count;
    }

    /** Returns how often each value occurs in a range. */
    public Tally tally(int column, int from, int to) {
        return columns[column].tally(from, Math.max(from, to));
    }

    /**
     * Returns whether the latest change left the most frequent value of a column the same, for a range that begins at an
     * index and ends at the end, and whether time alone cannot change that value any sooner than before.
     */
    public boolean keepsLeader(int column, int from) {
        if (!appended || from >= size) {
            return false;
        }
        return columns[column].tally(from, size - 1).extend();
    }

    /**
     * As {@link #keepsLeader}, but for how often the most frequent value occurs: another value may have drawn level, so
     * that the count falls later than before.
     */
    public boolean keepsCount(int column, int from) {
        return appended && from < size && columns[column].tally(from, size - 1).extendWithSameCount();
    }

    /** Returns whether the latest change added an element at the end that has no value. */
    public boolean gainedNothing(int column) {
        return appended && columns[column].codeAt(size - 1) == Column.NONE;
    }

    /**
     * Returns whether the latest change added an element at the end with the same value as the one before it, which is
     * later than a time; unknown, and so false, if there are further values.
     */
    public boolean repeats(long after) {
        return repeatedAt > after;
    }

    /** Returns whether the latest change added an element at the end, and changed none of the others. */
    public boolean hasAppended() {
        return appended;
    }

    /** Returns whether an element would be kept. Other elements change no result. */
    public boolean wants(long time, Retention retention, long now) {
        return retention.unique() || retention.keeps(firstAfter(time), size + 1, time, now);
    }

    /**
     * Inserts an element in order, then drops elements that the retention does not keep.
     *
     * @param values for each column; null for none
     * @return the limit that was reached, or null
     */
    @Nullable
    public Limit insert(long time, @Nullable Object[] values, Retention retention, long now) {
        changed();
        forgetLatestChange();
        if (retention.unique() && (repeatsLatest(time, values[0]) || !makeUnique(time, values[0]))) {
            return null;
        }
        int index = firstAfter(time);
        boolean last = index == size;
        insert(index, time, values);
        if (last && size > 1 && columns.length == 1 && columns[0].codeAt(index) == columns[0].codeAt(index - 1)) {
            repeatedAt = times[index - 1];
        }
        prune(retention, now);
        appended = last;
        return fit(retention);
    }

    /**
     * Adds the elements of another history, which arrived later than those of equal time. Merged elements of one
     * history keep their place among those of the other, so that they leave a window when their latest part does.
     *
     * @param other may not be used any more
     * @return the limit that was reached, or null
     */
    @Nullable
    public Limit merge(Series other, Retention retention, long now) {
        changed();
        forgetLatestChange();
        // A merged element is placed by its latest part. If it may hold some of the oldest, they are no longer known.
        clipped |= other.clipped || mergedOldest(retention) || other.mergedOldest(retention);
        if (other.weights != null && weights == null) {
            weights = new long[times.length];
            Arrays.fill(weights, 1);
        }
        @Nullable Object[] values = new Object[columns.length];
        for (int index = 0; index < other.size; index++) {
            for (int column = 0; column < values.length; column++) {
                values[column] = other.value(column, index);
            }
            long time = other.times[index];
            if (!retention.unique() || makeUnique(time, values[0])) {
                int at = firstAfter(time);
                insert(at, time, values);
                if (weights != null) {
                    weights[at] = other.weight(index);
                }
                prune(retention, now);
            }
        }
        return fit(retention);
    }

    private boolean mergedOldest(Retention retention) {
        return isCoarse(0, Math.min(size, retention.oldest()));
    }

    private @Nullable Limit fit(Retention retention) {
        if (size <= retention.cap()) {
            return null;
        }
        forgetLatestChange();
        if (!retention.unique() && coarsen(retention)) {
            return Limit.ELEMENTS_PUT_TOGETHER;
        }
        clipped = true;
        remove(0, size - Retention.CAP);
        return Limit.ELEMENTS;
    }

    private void insert(int index, long time, @Nullable Object[] values) {
        if (size == times.length) {
            times = Arrays.copyOf(times, Math.max(2, size * 2));
        }
        System.arraycopy(times, index, times, index + 1, size - index);
        times[index] = time;
        if (weights != null) {
            if (weights.length < times.length) {
                weights = Arrays.copyOf(weights, times.length);
            }
            System.arraycopy(weights, index, weights, index + 1, size - index);
            weights[index] = 1;
        }
        for (int column = 0; column < columns.length; column++) {
            columns[column].insert(index, values[column]);
        }
        size++;
    }

    private void forgetLatestChange() {
        appended = false;
        repeatedAt = Long.MIN_VALUE;
    }

    /** Moves the latest element to the time if it has the same value, as it has during one visit or day. */
    private boolean repeatsLatest(long time, @Nullable Object value) {
        if (size == 0 || times[size - 1] > time || !Objects.equals(value(0, size - 1), value)) {
            return false;
        }
        repeatedAt = times[size - 1];
        times[size - 1] = time;
        return true;
    }

    /**
     * Removes an earlier element with the same value; returns false if a later one exists, so that nothing must be
     * inserted.
     */
    private boolean makeUnique(long time, @Nullable Object value) {
        Object wanted = value == null ? null : Values.unsigned(value);
        for (int index = 0; index < size; index++) {
            Object known = value(0, index);
            if (Objects.equals(known == null ? null : Values.unsigned(known), wanted)) {
                if (times[index] > time) {
                    return false;
                }
                remove(index, index + 1);
                return true;
            }
        }
        return true;
    }

    private void prune(Retention retention, long now) {
        // The latest and the windows are the end of a series, so what is dropped is a range between them and the
        // oldest.
        int kept = size;
        if (retention.allWithin() > 0) {
            kept = firstWithin(retention.allWithin(), now);
        }
        if (retention.latest() > 0) {
            kept = Math.min(kept, Math.max(size - retention.latest(), firstWithin(retention.latestWithin(), now)));
        }
        remove(Math.min(retention.oldest(), size), kept);
    }

    private int firstWithin(long window, long now) {
        return window == Retention.FOREVER ? 0 : window == 0 ? size : firstAfter(now - window);
    }

    /** Removes the elements of a range. */
    private void remove(int from, int to) {
        if (from >= to) {
            return;
        }
        System.arraycopy(times, to, times, from, size - to);
        if (weights != null) {
            System.arraycopy(weights, to, weights, from, size - to);
        }
        for (Column column : columns) {
            column.remove(from, to);
        }
        size -= to - from;
    }

    @Override
    public boolean halve() {
        if (size == 0) {
            return false;
        }
        changed();
        forgetLatestChange();
        clipped = true;
        remove(0, (size + 1) / 2);
        return true;
    }

    @Override
    public boolean keepBefore(long time) {
        changed();
        forgetLatestChange();
        remove(time == Long.MIN_VALUE ? 0 : firstAfter(time - 1), size);
        return true;
    }

    /** Switches to the columns of another plan. Values that were not stored before are absent. */
    public void keep(int[] wanted) {
        if (Arrays.equals(ids, wanted)) {
            return;
        }
        changed();
        forgetLatestChange();
        Column[] kept = new Column[wanted.length];
        Arrays.setAll(kept, index -> find(wanted[index]));
        ids = wanted;
        columns = kept;
    }

    private Column find(int id) {
        for (int column = 0; column < ids.length; column++) {
            if (ids[column] == id) {
                return columns[column];
            }
        }
        return Column.ofNothing(size);
    }

    /** Merges elements of the older half; returns false if their values cannot be merged. */
    private boolean coarsen(Retention retention) {
        int end = Coarsening.end(size);
        for (Column column : columns) {
            if (!column.isMergeable(end)) {
                return false;
            }
        }
        int[] targets = Coarsening.targets(times, size, retention);
        long[] merged = new long[size];
        for (int index = 0; index < size; index++) {
            merged[targets[index]] += weight(index);
            times[targets[index]] = times[index];
        }
        for (int column = 0; column < columns.length; column++) {
            columns[column] = columns[column].merged(targets);
        }
        weights = merged;
        size = targets[size - 1] + 1;
        return true;
    }
}
