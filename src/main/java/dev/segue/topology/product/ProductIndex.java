// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import dev.segue.topology.due.CustomerSlots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The customers of one task whose results depend on each product, by the product's {@linkplain
 * dev.segue.plan.product.AskedProducts#hash number}. Each pair of a customer and a product costs 20 bytes, each customer 4
 * bytes and a {@linkplain CustomerSlots slot}, each product 4 bytes or 8; depending on how full the arrays are, up to half as
 * much again. Not safe for several threads.
 *
 * <p>A walk over the customers of a product can stop anywhere and go on later, whatever changes meanwhile. It passes over
 * customers that come to the product after its beginning: they have been evaluated under what was known then.
 */
final class ProductIndex {
    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 16;

    private final CustomerSlots customers = new CustomerSlots();

    /** The first pair of each customer, by slot. */
    private int[] firstOfCustomer = new int[0];

    private int[] product = new int[FIRST_CAPACITY];
    private int[] customer = new int[FIRST_CAPACITY];

    /** The customer's next pair, or the next free one. */
    private int[] nextOfCustomer = new int[FIRST_CAPACITY];

    private int[] next = new int[FIRST_CAPACITY];
    private int[] previous = new int[FIRST_CAPACITY];

    /** The first pair of each product; open addressing: pair + 1, or 0 if empty. At most three quarters full. */
    private int[] table = new int[2 * FIRST_CAPACITY];

    private int size;
    private int used;
    private int products;
    private int firstFree = NONE;

    /** The next pair of each walk, by product; {@link #NONE} at the end. */
    private final Map<Integer, Integer> walks = new HashMap<>();

    /** Returns the number of pairs. */
    int size() {
        return size;
    }

    /** Returns the number of products that have customers. */
    int products() {
        return products;
    }

    boolean contains(int productNumber) {
        return table[cell(productNumber)] != 0;
    }

    /** @param asked all products on which the customer's results depend, each once */
    void set(byte[] id, int[] asked) {
        if (size == 0 && asked.length == 0) {
            return;
        }
        int slot = customers.find(id);
        if (slot == CustomerSlots.NONE ? asked.length == 0 : isSame(slot, asked)) {
            return;
        }
        if (slot == CustomerSlots.NONE) {
            slot = addCustomer(id);
        } else {
            removePairs(slot);
        }
        if (asked.length == 0) {
            customers.remove(slot);
            return;
        }
        // Backwards, so that the customer's pairs are in the order of the products.
        for (int index = asked.length - 1; index >= 0; index--) {
            firstOfCustomer[slot] = addPair(asked[index], slot, firstOfCustomer[slot]);
        }
    }

    private boolean isSame(int slot, int[] asked) {
        int pair = firstOfCustomer[slot];
        for (int number : asked) {
            if (pair == NONE || product[pair] != number) {
                return false;
            }
            pair = nextOfCustomer[pair];
        }
        return pair == NONE;
    }

    private int addCustomer(byte[] id) {
        int slot = customers.add(id);
        if (slot >= firstOfCustomer.length) {
            firstOfCustomer = Arrays.copyOf(firstOfCustomer, customers.capacity());
        }
        firstOfCustomer[slot] = NONE;
        return slot;
    }

    private int addPair(int productNumber, int slot, int after) {
        int pair = takePair();
        product[pair] = productNumber;
        customer[pair] = slot;
        nextOfCustomer[pair] = after;
        int cell = cell(productNumber);
        int first = table[cell] - 1;
        next[pair] = first;
        previous[pair] = NONE;
        if (first != NONE) {
            previous[first] = pair;
        }
        table[cell] = pair + 1;
        size++;
        if (first == NONE) {
            products++;
            if (products * 4L > table.length * 3L) {
                growTable();
            }
        }
        return pair;
    }

    private int takePair() {
        if (firstFree != NONE) {
            int pair = firstFree;
            firstFree = nextOfCustomer[pair];
            return pair;
        }
        if (used == product.length) {
            int capacity = used + (used >> 1);
            product = Arrays.copyOf(product, capacity);
            customer = Arrays.copyOf(customer, capacity);
            nextOfCustomer = Arrays.copyOf(nextOfCustomer, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
        }
        return used++;
    }

    private void removePairs(int slot) {
        int pair = firstOfCustomer[slot];
        while (pair != NONE) {
            int following = nextOfCustomer[pair];
            removePair(pair);
            pair = following;
        }
        firstOfCustomer[slot] = NONE;
    }

    private void removePair(int pair) {
        if (!walks.isEmpty()) {
            walks.computeIfPresent(product[pair], (number, at) -> at == pair ? next[pair] : at);
        }
        if (next[pair] != NONE) {
            previous[next[pair]] = previous[pair];
        }
        if (previous[pair] != NONE) {
            next[previous[pair]] = next[pair];
        } else if (next[pair] != NONE) {
            table[cell(product[pair])] = next[pair] + 1;
        } else {
            removeFromTable(cell(product[pair]));
            products--;
        }
        nextOfCustomer[pair] = firstFree;
        firstFree = pair;
        size--;
    }

    /** Begins a walk over the customers of a product, or begins it again. */
    void beginWalk(int productNumber) {
        walks.put(productNumber, table[cell(productNumber)] - 1);
    }

    /**
     * Goes on with the walk over the customers of a product; at its end, forgets it.
     *
     * @param most stops after so many customers; at least 1
     * @return how many customers it has passed to the visitor: fewer than {@code most} at the end
     */
    int walk(int productNumber, int most, Consumer<byte[]> visitor) {
        int pair = walks.getOrDefault(productNumber, NONE);
        int passed = 0;
        while (pair != NONE && passed < most) {
            visitor.accept(customers.id(customer[pair]));
            pair = next[pair];
            passed++;
        }
        if (passed < most) {
            walks.remove(productNumber);
        } else {
            walks.put(productNumber, pair);
        }
        return passed;
    }

    /** Heap memory in use, in bytes, besides that of walks. */
    long memory() {
        return 4L * (5L * product.length + table.length + firstOfCustomer.length) + customers.memory();
    }

    /** Returns the cell of a product, or else the empty cell where it belongs. */
    private int cell(int productNumber) {
        int cell = home(productNumber);
        while (table[cell] != 0 && product[table[cell] - 1] != productNumber) {
            cell = following(cell);
        }
        return cell;
    }

    /** Multiplication spreads the numbers, and the upper bits choose the cell. */
    private int home(int productNumber) {
        return (productNumber * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(table.length));
    }

    private int following(int cell) {
        return (cell + 1) & (table.length - 1);
    }

    /** Closes the gap by moving later entries of the same run back, so that no tombstones accumulate. */
    private void removeFromTable(int cellToEmpty) {
        int gap = cellToEmpty;
        for (int cell = following(gap); table[cell] != 0; cell = following(cell)) {
            int home = home(product[table[cell] - 1]);
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
                table[cell(product[entry - 1])] = entry;
            }
        }
    }
}
