// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.util.Arrays;

/**
 * The next deadline of every customer of one task: a binary heap in primitive arrays with one entry per customer. An
 * entry costs 16 bytes and a {@linkplain CustomerSlots slot}. Not safe for several threads.
 *
 * <p>Re-arming is lazy. An entry's deadline may be <em>earlier</em> than the customer's, never later: most events
 * postpone the deadline, and those leave the entry where it is. The caller that takes the first entry must look up the
 * true deadline and pass it to {@link #settleFirst}.
 */
public final class DeadlineIndex {
    public static final long NEVER = Long.MAX_VALUE;

    private final CustomerSlots customers = new CustomerSlots();

    /** Deadline and customer's slot, by position in the heap. */
    private long[] deadlines = new long[customers.capacity()];

    private int[] slots = new int[customers.capacity()];

    /** Position in the heap, by slot. */
    private int[] positions = new int[customers.capacity()];

    private int size;

    public int size() {
        return size;
    }

    /** Ensures that the customer is visited no later than at the deadline; {@link #NEVER} does nothing. */
    public void arm(byte[] customer, long deadline) {
        if (deadline == NEVER) {
            return;
        }
        int slot = customers.find(customer);
        if (slot == CustomerSlots.NONE) {
            insert(customer, deadline);
            return;
        }
        int position = positions[slot];
        if (deadline < deadlines[position]) {
            deadlines[position] = deadline;
            siftUp(position);
        }
    }

    /** Returns true if the first entry's deadline is at or before {@code now}. */
    public boolean isDue(long now) {
        return size > 0 && deadlines[0] <= now;
    }

    /** The first entry's deadline. Must not be called when empty. */
    public long firstDeadline() {
        return deadlines[0];
    }

    /**
     * Counts due entries, up to {@code most}. Includes entries whose true deadline is later. The cost is proportional
     * to the result, because in a heap the due entries are connected to the root.
     */
    public int due(long now, int most) {
        return due(0, now, most);
    }

    private int due(int position, long now, int most) {
        if (position >= size || deadlines[position] > now || most <= 0) {
            return 0;
        }
        int below = due(2 * position + 1, now, most - 1);
        return 1 + below + due(2 * position + 2, now, most - 1 - below);
    }

    /** The customer id of the first entry. Must not be called when empty. */
    public byte[] first() {
        return customers.id(slots[0]);
    }

    /** Sets the first entry's true deadline; {@link #NEVER} removes the entry. */
    public void settleFirst(long deadline) {
        if (deadline == NEVER) {
            removeFirst();
            return;
        }
        deadlines[0] = deadline;
        siftDown(0);
    }

    /** Heap memory in use, in bytes. */
    public long memory() {
        return 8L * deadlines.length + 4L * (slots.length + positions.length) + customers.memory();
    }

    private void insert(byte[] customer, long deadline) {
        int slot = customers.add(customer);
        if (slot >= positions.length) {
            int capacity = customers.capacity();
            deadlines = Arrays.copyOf(deadlines, capacity);
            slots = Arrays.copyOf(slots, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        deadlines[size] = deadline;
        slots[size] = slot;
        positions[slot] = size;
        size++;
        siftUp(size - 1);
    }

    private void removeFirst() {
        customers.remove(slots[0]);
        size--;
        if (size > 0) {
            deadlines[0] = deadlines[size];
            slots[0] = slots[size];
            positions[slots[0]] = 0;
            siftDown(0);
        }
    }

    private void siftUp(int start) {
        long deadline = deadlines[start];
        int slot = slots[start];
        int position = start;
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            if (deadlines[parent] <= deadline) {
                break;
            }
            place(position, deadlines[parent], slots[parent]);
            position = parent;
        }
        place(position, deadline, slot);
    }

    private void siftDown(int start) {
        long deadline = deadlines[start];
        int slot = slots[start];
        int position = start;
        while (2 * position + 1 < size) {
            int child = 2 * position + 1;
            if (child + 1 < size && deadlines[child + 1] < deadlines[child]) {
                child++;
            }
            if (deadlines[child] >= deadline) {
                break;
            }
            place(position, deadlines[child], slots[child]);
            position = child;
        }
        place(position, deadline, slot);
    }

    private void place(int position, long deadline, int slot) {
        deadlines[position] = deadline;
        slots[position] = slot;
        positions[slot] = position;
    }
}
