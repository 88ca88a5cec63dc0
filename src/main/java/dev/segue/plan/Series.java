package dev.segue.plan;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a stream in order of (time, arrival): their times and, where the plan needs one, a value of each. What no
 * answer needs is left out as {@link Retention} says, so a series is short.
 */
public final class Series implements AggregateState {
    private long[] times;
    private @Nullable Object[] values;
    private int size;
    private boolean clipped;

    /** An empty series. */
    Series() {
        this(new long[2], new Object[2], 0, false);
    }

    /**
     * @param times ascending, in milliseconds since the epoch; taken over
     * @param values as long as {@code times}; null where elements have no value; taken over
     * @param size how many of them count
     * @param clipped whether the cap has ever dropped an element
     */
    public Series(long[] times, @Nullable Object[] values, int size, boolean clipped) {
        this.times = times;
        this.values = values;
        this.size = size;
        this.clipped = clipped;
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

    /** Whether the cap has ever dropped an element that an answer might have needed. */
    public boolean clipped() {
        return clipped;
    }

    /** The index of the first element later than the time: everything before it is at or before it. */
    int firstAfter(long time) {
        int low = 0;
        int high = size;
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

    /** Inserts an element where it belongs, then drops what the retention does not keep. */
    void insert(long time, @Nullable Object value, Retention retention, long now) {
        if (retention.unique() && !makeUnique(time, value)) {
            return;
        }
        int index = firstAfter(time);
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
    }

    /** Removes an earlier element of the same value; false where a later one is there, so that nothing is to insert. */
    private boolean makeUnique(long time, @Nullable Object value) {
        for (int index = 0; index < size; index++) {
            if (Objects.equals(values[index], value)) {
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
        System.arraycopy(times, index + 1, times, index, size - index - 1);
        System.arraycopy(values, index + 1, values, index, size - index - 1);
        size--;
        values[size] = null;
    }

    private void prune(Retention retention, long now) {
        int kept = 0;
        for (int index = 0; index < size; index++) {
            if (retention.keeps(index, size, times[index], now)) {
                times[kept] = times[index];
                values[kept] = values[index];
                kept++;
            }
        }
        int over = Math.max(0, kept - Retention.CAP);
        if (over > 0) {
            clipped = true;
            System.arraycopy(times, over, times, 0, kept - over);
            System.arraycopy(values, over, values, 0, kept - over);
        }
        Arrays.fill(values, kept - over, size, null);
        size = kept - over;
    }
}
