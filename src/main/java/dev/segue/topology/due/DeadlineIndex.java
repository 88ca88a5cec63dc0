// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.util.Arrays;

/**
 * The next deadline of every customer of one task: a binary heap in primitive arrays with one entry per customer. An
 * entry costs 20 bytes, 5 to 11 bytes of hash table, and the id. Not safe for several threads.
 *
 * <p>Re-arming is lazy. An entry's deadline may be <em>earlier</em> than the customer's, never later: most events
 * postpone the deadline, and those leave the entry where it is. The caller that takes the first entry must look up the
 * true deadline and pass it to {@link #settleFirst}.
 */
public final class DeadlineIndex {
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FIRST_CAPACITY = 16;
    private static final int NONE = -1;

    private final CustomerIds ids = new CustomerIds();

    /** Deadline and customer's slot, by position in the heap. */
    private long[] deadlines = new long[FIRST_CAPACITY];

    private int[] slots = new int[FIRST_CAPACITY];

    /** Address of the id and position in the heap (or the next free slot), by slot. */
    private int[] addresses = new int[FIRST_CAPACITY];

    private int[] positions = new int[FIRST_CAPACITY];

    /** Open addressing: slot + 1, or 0 if empty. At most three quarters full. */
    private int[] table = new int[2 * FIRST_CAPACITY];

    private int size;
    private int usedSlots;
    private int firstFreeSlot = NONE;

    public int size() {
        return size;
    }

    /** Ensures that the customer is visited no later than at the deadline; {@link #NEVER} does nothing. */
    public void arm(byte[] customer, long deadline) {
        if (deadline == NEVER) {
            return;
        }
        int cell = find(customer);
        if (table[cell] == 0) {
            insert(customer, deadline, cell);
            return;
        }
        int position = positions[table[cell] - 1];
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
        return ids.read(addresses[slots[0]]);
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
        return 8L * deadlines.length
                + 4L * (slots.length + addresses.length + positions.length + table.length)
                + ids.memory();
    }

    private void insert(byte[] customer, long deadline, int cell) {
        int slot = takeSlot();
        addresses[slot] = ids.add(customer);
        table[cell] = slot + 1;
        deadlines[size] = deadline;
        slots[size] = slot;
        positions[slot] = size;
        size++;
        siftUp(size - 1);
        if (size * 4L > table.length * 3L) {
            growTable();
        }
    }

    private void removeFirst() {
        int slot = slots[0];
        removeFromTable(slot);
        ids.remove(addresses[slot]);
        positions[slot] = firstFreeSlot;
        firstFreeSlot = slot;
        size--;
        if (size > 0) {
            deadlines[0] = deadlines[size];
            slots[0] = slots[size];
            positions[slots[0]] = 0;
            siftDown(0);
        }
        if (ids.isMostlyHoles()) {
            compactIds();
        }
    }

    private int takeSlot() {
        if (firstFreeSlot != NONE) {
            int slot = firstFreeSlot;
            firstFreeSlot = positions[slot];
            return slot;
        }
        if (usedSlots == slots.length) {
            int capacity = usedSlots + (usedSlots >> 1);
            deadlines = Arrays.copyOf(deadlines, capacity);
            slots = Arrays.copyOf(slots, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        return usedSlots++;
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

    /** Returns the cell that contains the customer, or else the empty cell where the customer belongs. */
    private int find(byte[] customer) {
        int cell = home(CustomerIds.hash(customer));
        while (table[cell] != 0 && !ids.equal(addresses[table[cell] - 1], customer)) {
            cell = next(cell);
        }
        return cell;
    }

    /**
     * Multiplication spreads the hash, and the upper bits choose the cell. The ids of one task have the same hash
     * modulo the number of partitions, and without this would crowd into every n-th cell.
     */
    private int home(long hash) {
        return (int) ((hash * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - Integer.numberOfTrailingZeros(table.length)));
    }

    private int next(int cell) {
        return (cell + 1) & (table.length - 1);
    }

    /** Closes the gap by moving later entries of the same run back, so that no tombstones accumulate. */
    private void removeFromTable(int slot) {
        int gap = home(ids.hashAt(addresses[slot]));
        while (table[gap] != slot + 1) {
            gap = next(gap);
        }
        for (int cell = next(gap); table[cell] != 0; cell = next(cell)) {
            int home = home(ids.hashAt(addresses[table[cell] - 1]));
            boolean mayMove = gap <= cell ? home <= gap || home > cell : home <= gap && home > cell;
            if (mayMove) {
                table[gap] = table[cell];
                gap = cell;
            }
        }
        table[gap] = 0;
    }

    private void growTable() {
        table = new int[2 * table.length];
        for (int position = 0; position < size; position++) {
            int slot = slots[position];
            int cell = home(ids.hashAt(addresses[slot]));
            while (table[cell] != 0) {
                cell = next(cell);
            }
            table[cell] = slot + 1;
        }
    }

    private void compactIds() {
        CustomerIds.Compaction compaction = ids.compact();
        for (int position = 0; position < size; position++) {
            int slot = slots[position];
            addresses[slot] = compaction.move(addresses[slot]);
        }
    }
}
