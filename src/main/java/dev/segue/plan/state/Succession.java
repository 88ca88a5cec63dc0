// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * Elements of several streams in one order of (time, arrival), with the streams that each belongs to: which of them come
 * soon after, or soon before, an element of another stream.
 */
public final class Succession {
    private static final int NONE = -1;

    private final long[] times;
    private final long[] streams;
    private int size;

    /** @param capacity number of elements that will be added */
    public Succession(int capacity) {
        times = new long[capacity];
        streams = new long[capacity];
    }

    /**
     * Adds an element after all others.
     *
     * @param time at or after that of the element before, in milliseconds since the epoch
     * @param of a bit for each stream that it belongs to
     */
    public void add(long time, long of) {
        times[size] = time;
        streams[size++] = of;
    }

    private boolean isOf(int index, int stream) {
        return (streams[index] >>> stream & 1) != 0;
    }

    /**
     * Returns, for each element, whether an element of a stream precedes it, at most {@code gap} milliseconds earlier.
     *
     * @param stream the number of the stream's bit
     */
    public boolean[] following(int stream, long gap) {
        boolean[] following = new boolean[size];
        int latest = NONE;
        for (int index = 0; index < size; index++) {
            following[index] = latest != NONE && times[index] - times[latest] <= gap;
            if (isOf(index, stream)) {
                latest = index;
            }
        }
        return following;
    }

    /**
     * Returns, for each element, whether an element of a stream comes after it, less than {@code gap} milliseconds later.
     *
     * @param stream the number of the stream's bit
     */
    public boolean[] answered(int stream, long gap) {
        boolean[] answered = new boolean[size];
        int next = NONE;
        for (int index = size - 1; index >= 0; index--) {
            answered[index] = next != NONE && times[next] - times[index] < gap;
            if (isOf(index, stream)) {
                next = index;
            }
        }
        return answered;
    }
}
