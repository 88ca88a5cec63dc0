// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered for each aggregate that has seen something, by the aggregate's stable id. Changed in place. What was
 * stored is read when it is first asked for, because most looks at a customer ask for little of it.
 */
public final class AggregateStates {
    private int[] ids = new int[2];
    /** Of each an {@link AggregateState}, or the bytes that it was stored as. */
    private Object[] states = new Object[2];

    private int size;
    private @Nullable Function<byte[], AggregateState> reader;

    /** How many aggregates have seen something. */
    public int size() {
        return size;
    }

    /** The stable id of the aggregate at an index; ids ascend. */
    public int id(int index) {
        return ids[index];
    }

    public AggregateState state(int index) {
        return states[index] instanceof AggregateState known ? known : read(index, (byte[]) states[index]);
    }

    private AggregateState read(int index, byte[] bytes) {
        if (reader == null) {
            throw new IllegalStateException("nothing was stored");
        }
        AggregateState read = reader.apply(bytes);
        byte[] unused = read.stored(same -> bytes);
        states[index] = read;
        return read;
    }

    /**
     * The bytes of the aggregate at an index, which are made anew only if it has changed.
     *
     * @param write makes bytes of what an aggregate says, and of nothing else
     */
    public byte[] stored(int index, Function<AggregateState, byte[]> write) {
        return states[index] instanceof AggregateState known ? known.stored(write) : (byte[]) states[index];
    }

    /** What is remembered for an aggregate, by its stable id; null where it has seen nothing. */
    @Nullable
    public AggregateState find(int id) {
        int index = Arrays.binarySearch(ids, 0, size, id);
        return index < 0 ? null : state(index);
    }

    /** Remembers something for an aggregate that has seen nothing so far. */
    public void put(int id, AggregateState state) {
        insert(id, state);
    }

    /**
     * Remembers what was stored of an aggregate.
     *
     * @param read makes of the bytes what they stand for; the same for all
     * @throws IllegalArgumentException where something is remembered for it already
     */
    public void putStored(int id, byte[] stored, Function<byte[], AggregateState> read) {
        reader = read;
        insert(id, stored);
    }

    private void insert(int id, Object state) {
        int index = size == 0 || ids[size - 1] < id ? size : -1 - Arrays.binarySearch(ids, 0, size, id);
        if (index < 0) {
            throw new IllegalArgumentException("aggregate " + id + " is there already");
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            states = Arrays.copyOf(states, size * 2);
        }
        System.arraycopy(ids, index, ids, index + 1, size - index);
        System.arraycopy(states, index, states, index + 1, size - index);
        ids[index] = id;
        states[index] = state;
        size++;
    }

    /** Forgets every aggregate that the plan does not have. */
    public void retain(IntPredicate known) {
        int kept = 0;
        for (int index = 0; index < size; index++) {
            if (known.test(ids[index])) {
                ids[kept] = ids[index];
                states[kept] = states[index];
                kept++;
            }
        }
        Arrays.fill(states, kept, size, null);
        size = kept;
    }
}
