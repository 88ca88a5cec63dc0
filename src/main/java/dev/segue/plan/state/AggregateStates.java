// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of all non-empty aggregates, by the aggregate's stable id. Mutable. Stored bytes are deserialized on first
 * use, because most evaluations of a customer need few of them.
 */
public final class AggregateStates {
    private int[] ids = new int[2];
    /** For each aggregate an {@link AggregateState}, or its stored bytes. */
    private Object[] states = new Object[2];

    private int size;
    private @Nullable Function<byte[], AggregateState> reader;

    /** Returns the number of non-empty aggregates. */
    public int size() {
        return size;
    }

    /** Returns the stable id of the aggregate at an index; ids are ascending. */
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
     * Returns the serialized bytes of the aggregate at an index; it is serialized again only if it has changed.
     *
     * @param write serializes a state, independent of anything else
     */
    public byte[] stored(int index, Function<AggregateState, byte[]> write) {
        return states[index] instanceof AggregateState known ? known.stored(write) : (byte[]) states[index];
    }

    /** Returns the state of an aggregate, by its stable id; null if it is empty. */
    @Nullable
    public AggregateState find(int id) {
        int index = firstAtLeast(id);
        return index < size && ids[index] == id ? state(index) : null;
    }

    /**
     * Returns the index of the first id that is at least this one; the size if all are less. Ids are hashes, so they
     * are spread evenly, and a few steps from the expected place are cheaper than halving the whole range.
     */
    private int firstAtLeast(int id) {
        int index = (int) ((((long) id - Integer.MIN_VALUE) * size) >>> Integer.SIZE);
        while (index < size && ids[index] < id) {
            index++;
        }
        while (index > 0 && ids[index - 1] >= id) {
            index--;
        }
        return index;
    }

    /** Removes the state of an aggregate and returns it; null if it is empty. */
    @Nullable
    public AggregateState take(int id) {
        AggregateState taken = find(id);
        if (taken != null) {
            retain(other -> other != id);
        }
        return taken;
    }

    /** Adds the state of an aggregate that was empty so far. */
    public void put(int id, AggregateState state) {
        insert(id, state);
    }

    /**
     * Adds the stored bytes of an aggregate.
     *
     * @param read deserializes the bytes; the same function for all aggregates
     * @throws IllegalArgumentException if the aggregate already has a state
     */
    public void putStored(int id, byte[] stored, Function<byte[], AggregateState> read) {
        reader = read;
        insert(id, stored);
    }

    private void insert(int id, Object state) {
        int index = firstAtLeast(id);
        if (index < size && ids[index] == id) {
            throw new IllegalArgumentException("aggregate " + id + " is already present");
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

    /** Drops every aggregate that the plan does not have. */
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
