// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The next instant at which time alone may change each definition's result, for one customer. Definitions without such
 * an instant take no space.
 */
public final class DueTimes {
    private int[] positions = new int[4];
    private long[] instants = new long[4];
    private int size;

    /** Returns the number of definitions with an instant. */
    public int size() {
        return size;
    }

    /** Returns the position in the plan of the definition at an index; positions are ascending. */
    public int position(int index) {
        return positions[index];
    }

    /** Returns the instant at an index, in milliseconds since the epoch. */
    public long instant(int index) {
        return instants[index];
    }

    /** @param instant in milliseconds since the epoch, or {@link CustomerState#NEVER} */
    public void set(int position, long instant) {
        int index = Arrays.binarySearch(positions, 0, size, position);
        if (instant == CustomerState.NEVER) {
            if (index >= 0) {
                remove(index);
            }
            return;
        }
        if (index < 0) {
            index = -1 - index;
            insert(index, position);
        }
        instants[index] = instant;
    }

    private void insert(int index, int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            instants = Arrays.copyOf(instants, size * 2);
        }
        System.arraycopy(positions, index, positions, index + 1, size - index);
        System.arraycopy(instants, index, instants, index + 1, size - index);
        positions[index] = position;
        size++;
    }

    private void remove(int index) {
        System.arraycopy(positions, index + 1, positions, index, size - index - 1);
        System.arraycopy(instants, index + 1, instants, index, size - index - 1);
        size--;
    }

    /** Returns the earliest instant, in milliseconds since the epoch; {@link CustomerState#NEVER} if there is none. */
    public long earliest() {
        long earliest = CustomerState.NEVER;
        for (int index = 0; index < size; index++) {
            earliest = Math.min(earliest, instants[index]);
        }
        return earliest;
    }

    /** Returns the definitions that are due at or before an instant. */
    public BitSet dueAt(long instant) {
        BitSet due = new BitSet();
        for (int index = 0; index < size; index++) {
            if (instants[index] <= instant) {
                due.set(positions[index]);
            }
        }
        return due;
    }
}
