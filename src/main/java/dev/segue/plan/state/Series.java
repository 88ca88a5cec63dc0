// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.definition.reduction.Most;
import dev.segue.value.Bucket;
import dev.segue.value.Values;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a stream in order of (time, arrival): their times and, if the plan needs one, a value of each. {@link
 * Retention} drops elements that no result needs, so a series is short. A series that still exceeds {@link
 * Retention#CAP} merges its older half into {@link Bucket}s.
 */
public final class Series extends AggregateState {
    /** The number of buckets per window once a series has grown too long. */
    private static final int BUCKETS = 64;

    /** Shorter series are counted again for each evaluation. */
    private static final int TALLIED = 32;

    private long[] times;
    private @Nullable Object[] values;
    private int size;
    private boolean clipped;
    private boolean coarse;
    /** Caches the value counts of a long range; null if there are none. */
    private @Nullable Tally tally;

    /** An empty series. */
    public Series() {
        this(new long[2], new Object[2], 0, false);
    }

    /**
     * @param times ascending, in milliseconds since the epoch; not copied
     * @param values as long as {@code times}; null for elements without a value; not copied
     * @param size number of used entries in both arrays
     * @param clipped whether the cap has ever dropped an element
     */
    public Series(long[] times, @Nullable Object[] values, int size, boolean clipped) {
        this.times = times;
        this.values = values;
        this.size = size;
        this.clipped = clipped;
        this.coarse = containsBucket(0, size);
    }

    public int size() {
        return size;
    }

    public long time(int index) {
        return times[index];
    }

    public @Nullable Object value(int index) {
        return values[index];
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

    /** Returns whether any element may be a bucket of several elements. */
    public boolean isCoarse() {
        return coarse;
    }

    /** Returns whether any element in a range is a bucket of several elements. */
    public boolean isCoarse(int from, int to) {
        // Merging starts at the oldest element, so the search usually ends at the first one.
        return coarse && from < to && containsBucket(from, to);
    }

    /** Returns the most frequent value of a range; see {@link Tally#leader}. */
    public Most.Leader leader(int from, int to) {
        if (size < TALLIED) {
            // A tally of a few elements would take more space than the elements.
            tally = null;
            return Tally.leaderOfFew(this, from, to);
        }
        if (tally == null) {
            tally = new Tally();
        }
        tally.move(this, from, to);
        return tally.leader();
    }

    /**
     * Returns the index of the n-th element of a range with a value, counted from the oldest; -1 if there are fewer.
     *
     * @param value as {@link Tally} counts it
     */
    public int indexOf(Object value, int n, int from, int to) {
        int left = n;
        for (int index = from; index < to; index++) {
            Object known = values[index];
            if (known != null && value.equals(Tally.key(known)) && --left == 0) {
                return index;
            }
        }
        return -1;
    }

    private boolean containsBucket(int from, int to) {
        for (int index = from; index < to; index++) {
            if (values[index] instanceof Bucket) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of elements in a range, including those merged into buckets. */
    public long count(int from, int to) {
        if (!coarse) {
            return Math.max(0, to - from);
        }
        long count = 0;
        for (int index = from; index < to; index++) {
            count += values[index] instanceof Bucket bucket ? bucket.count() : 1;
        }
        return count;
    }

    /** Returns whether an element would be kept. Other elements change no result. */
    public boolean wants(long time, Retention retention, long now) {
        return retention.unique() || retention.keeps(firstAfter(time), size + 1, time, now);
    }

    /**
     * Inserts an element in order, then drops elements that the retention does not keep.
     *
     * @return the limit that was reached, or null
     */
    @Nullable
    public Limit insert(long time, @Nullable Object value, Retention retention, long now) {
        changed();
        if (retention.unique() && !makeUnique(time, value)) {
            return null;
        }
        int index = firstAfter(time);
        if (tally != null && index < tally.to()) {
            tally = null;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        System.arraycopy(times, index, times, index + 1, size - index);
        System.arraycopy(values, index, values, index + 1, size - index);
        times[index] = time;
        values[index] = value;
        size++;
        prune(retention, now);
        return fit(retention);
    }

    /**
     * Adds the elements of another history, which arrived later than those of equal time. Buckets of one history keep
     * their place among the elements of the other, so that they leave a window when their latest element does.
     *
     * @param other may not be used any more
     * @return the limit that was reached, or null
     */
    @Nullable
    public Limit merge(Series other, Retention retention, long now) {
        changed();
        tally = null;
        // A bucket is placed by its latest element. If it may hold some of the oldest, they are no longer known.
        clipped |= other.clipped || mergedOldest(retention) || other.mergedOldest(retention);
        coarse |= other.coarse;
        Retention whole = retention.uncapped();
        for (int index = 0; index < other.size; index++) {
            insert(other.times[index], other.values[index], whole, now);
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
        if (coarsen(retention)) {
            return Limit.ELEMENTS_PUT_TOGETHER;
        }
        clip();
        return Limit.ELEMENTS;
    }

    /**
     * Removes an earlier element with the same value; returns false if a later one exists, so that nothing must be
     * inserted.
     */
    private boolean makeUnique(long time, @Nullable Object value) {
        Object wanted = value == null ? null : Values.unsigned(value);
        for (int index = 0; index < size; index++) {
            Object known = values[index];
            if (Objects.equals(known == null ? null : Values.unsigned(known), wanted)) {
                if (times[index] > time) {
                    return false;
                }
                remove(index);
                return true;
            }
        }
        return true;
    }

    private void remove(int index) {
        tally = null;
        System.arraycopy(times, index + 1, times, index, size - index - 1);
        System.arraycopy(values, index + 1, values, index, size - index - 1);
        size--;
        values[size] = null;
    }

    private void prune(Retention retention, long now) {
        if (retention.latest() == 0 && retention.oldest() == 0) {
            // The usual case of a long series: only the front expires.
            dropFront(retention.allWithin() == Retention.FOREVER ? 0 : firstAfter(now - retention.allWithin()));
            return;
        }
        tally = null;
        int kept = 0;
        for (int index = 0; index < size; index++) {
            if (retention.keeps(index, size, times[index], now)) {
                times[kept] = times[index];
                values[kept] = values[index];
                kept++;
            }
        }
        Arrays.fill(values, kept, size, null);
        size = kept;
    }

    private void dropFront(int count) {
        if (count > 0) {
            if (tally != null) {
                tally.dropFront(this, count);
            }
            System.arraycopy(times, count, times, 0, size - count);
            System.arraycopy(values, count, values, 0, size - count);
            Arrays.fill(values, size - count, size, null);
            size -= count;
        }
    }

    private void clip() {
        clipped = true;
        dropFront(size - Retention.CAP);
    }

    @Override
    public boolean halve() {
        if (size == 0) {
            return false;
        }
        changed();
        clipped = true;
        dropFront((size + 1) / 2);
        return true;
    }

    /**
     * Merges the older half into buckets of a 64th of the window, doubling the width until that is enough. Without a
     * window, the time from the first to the last element is used instead.
     *
     * @return false if the values cannot be merged
     */
    private boolean coarsen(Retention retention) {
        // Two united series may be so long that more than half must go.
        int end = Math.max(size / 2, size - Retention.CAP / 2 - 1);
        if (retention.unique()) {
            return false;
        }
        for (int index = 0; index < end; index++) {
            if (!Bucket.mergeable(values[index])) {
                return false;
            }
        }
        long window = retention.allWithin() == Retention.FOREVER || retention.allWithin() == 0
                ? times[size - 1] - times[0]
                : retention.allWithin();
        long width = Math.max(1, window / BUCKETS);
        int target = Retention.CAP * 3 / 4;
        // The oldest that are needed stay as they are, as far as the others alone can make room.
        int start = Math.max(0, Math.min(retention.oldest(), end - 1 - (size - target)));
        while (size > target) {
            end = merge(start, end, width);
            width = width > Long.MAX_VALUE / 4 ? width : width * 2;
        }
        coarse = true;
        tally = null;
        return true;
    }

    /** Merges neighbours whose times fall into the same multiple of the width; returns the new end of the range. */
    private int merge(int start, int end, long width) {
        int kept = start;
        for (int index = start; index < end; index++) {
            boolean same = kept > start && Math.floorDiv(times[kept - 1], width) == Math.floorDiv(times[index], width);
            if (same) {
                values[kept - 1] = Bucket.of(values[kept - 1]).with(Bucket.of(values[index]));
                times[kept - 1] = times[index];
            } else {
                times[kept] = times[index];
                values[kept] = values[index];
                kept++;
            }
        }
        System.arraycopy(times, end, times, kept, size - end);
        System.arraycopy(values, end, values, kept, size - end);
        int shorter = size - (end - kept);
        Arrays.fill(values, shorter, size, null);
        size = shorter;
        return kept;
    }
}
