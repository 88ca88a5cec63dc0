// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.util.Arrays;

/**
 * Numbers some customers, so that primitive arrays can hold data of each. A customer costs 4 bytes, 5 to 11 bytes of hash
 * table, and the id. Numbers of customers that were removed are given to others. Not safe for several threads.
 */
public final class CustomerSlots {
    /** The slot of a customer who has none. */
    public static final int NONE = -1;

    private static final int FIRST_CAPACITY = 16;

    private final CustomerIds ids = new CustomerIds();

    /** Address of the id (or the next free slot), by slot. */
    private int[] addresses = new int[FIRST_CAPACITY];

    /** Open addressing: slot + 1, or 0 if empty. At most three quarters full. */
    private int[] table = new int[2 * FIRST_CAPACITY];

    private int size;
    private int used;
    private int firstFree = NONE;

    /** Returns one more than the highest slot that is possible by now; grows when customers are added. */
    public int capacity() {
        return addresses.length;
    }

    public int size() {
        return size;
    }

    /** Returns the customer's slot; {@link #NONE} if there is none. */
    public int find(byte[] customer) {
        return table[cell(customer)] - 1;
    }

    /** Returns a slot for a customer who has none. */
    public int add(byte[] customer) {
        int slot = take();
        addresses[slot] = ids.add(customer);
        table[cell(customer)] = slot + 1;
        size++;
        if (size * 4L > table.length * 3L) {
            growTable();
        }
        return slot;
    }

    public byte[] id(int slot) {
        return ids.read(addresses[slot]);
    }

    /** Frees a slot. */
    public void remove(int slot) {
        removeFromTable(slot);
        ids.remove(addresses[slot]);
        addresses[slot] = firstFree;
        firstFree = slot;
        size--;
        if (ids.isMostlyHoles()) {
            compactIds();
        }
    }

    /** Heap memory in use, in bytes. */
    public long memory() {
        return 4L * (addresses.length + table.length) + ids.memory();
    }

    private int take() {
        if (firstFree != NONE) {
            int slot = firstFree;
            firstFree = addresses[slot];
            return slot;
        }
        if (used == addresses.length) {
            addresses = Arrays.copyOf(addresses, used + (used >> 1));
        }
        return used++;
    }

    /** Returns the cell that contains the customer, or else the empty cell where the customer belongs. */
    private int cell(byte[] customer) {
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
        int[] before = table;
        table = new int[2 * before.length];
        for (int entry : before) {
            if (entry != 0) {
                int cell = home(ids.hashAt(addresses[entry - 1]));
                while (table[cell] != 0) {
                    cell = next(cell);
                }
                table[cell] = entry;
            }
        }
    }

    private void compactIds() {
        CustomerIds.Compaction compaction = ids.compact();
        for (int entry : table) {
            if (entry != 0) {
                addresses[entry - 1] = compaction.move(addresses[entry - 1]);
            }
        }
    }
}
