package dev.segue.plan;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What is remembered for each aggregate that has seen something, by the aggregate's stable id. Changed in place. */
public final class AggregateStates {
    private int[] ids = new int[2];
    private AggregateState[] states = new AggregateState[2];
    private int size;

    /** How many aggregates have seen something. */
    public int size() {
        return size;
    }

    /** The stable id of the aggregate at an index; ids ascend. */
    public int id(int index) {
        return ids[index];
    }

    public AggregateState state(int index) {
        return states[index];
    }

    /** What is remembered for an aggregate, by its stable id; null where it has seen nothing. */
    @Nullable
    AggregateState find(int id) {
        int index = Arrays.binarySearch(ids, 0, size, id);
        return index < 0 ? null : states[index];
    }

    /** Remembers something for an aggregate that has seen nothing so far. */
    public void put(int id, AggregateState state) {
        int index = -1 - Arrays.binarySearch(ids, 0, size, id);
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
    void retain(IntPredicate known) {
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
