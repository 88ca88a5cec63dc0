// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import java.util.Arrays;

/**
 * The products about which one customer's definitions asked when they were last evaluated, and the categories of whose
 * launches they asked: only if these change can a result change. Each stands here as a number; if two have the same,
 * customers are evaluated once too often. A definition that asked about none takes no space.
 */
public final class AskedProducts {
    private long seen;
    private int[] definitions = new int[0];
    private int[][] products = new int[0][];

    /** Returns the number under which a product is asked about. */
    public static int hash(String productId) {
        return productId.hashCode();
    }

    /** Returns the number under which the launches of a category are asked about. */
    public static int hashOfLaunches(String category) {
        return ("launched in " + category).hashCode();
    }

    /** Returns the {@linkplain ProductTable#numberAt number} of the latest facts under which the customer was evaluated. */
    public long seen() {
        return seen;
    }

    public void setSeen(long number) {
        seen = number;
    }

    public boolean isEmpty() {
        return definitions.length == 0;
    }

    /** Returns the number of definitions that asked about a product. */
    public int size() {
        return definitions.length;
    }

    /** Returns the position of a definition in the plan. */
    public int definition(int index) {
        return definitions[index];
    }

    /** Returns the products about which a definition asked, ascending; must not be changed. */
    public int[] products(int index) {
        return products[index];
    }

    /**
     * Replaces the products about which a definition asked.
     *
     * @param definition its position in the plan
     * @param asked ascending, each once
     */
    public void set(int definition, int[] asked) {
        int index = Arrays.binarySearch(definitions, definition);
        if (index >= 0 && asked.length > 0) {
            products[index] = asked;
        } else if (index >= 0) {
            remove(index);
        } else if (asked.length > 0) {
            insert(-1 - index, definition, asked);
        }
    }

    /** Takes over all that another customer's stored state says. */
    public void addAll(AskedProducts others) {
        seen = others.seen;
        for (int index = 0; index < others.size(); index++) {
            set(others.definitions[index], others.products[index]);
        }
    }

    /** Forgets all products. */
    public void clear() {
        definitions = new int[0];
        products = new int[0][];
    }

    /** Returns the products about which any definition asked, ascending, each once. */
    public int[] all() {
        return definitions.length == 1
                ? products[0]
                : Arrays.stream(products)
                        .flatMapToInt(Arrays::stream)
                        .sorted()
                        .distinct()
                        .toArray();
    }

    private void insert(int index, int definition, int[] asked) {
        int[] more = Arrays.copyOf(definitions, definitions.length + 1);
        int[][] moreProducts = Arrays.copyOf(products, products.length + 1);
        System.arraycopy(definitions, index, more, index + 1, definitions.length - index);
        System.arraycopy(products, index, moreProducts, index + 1, products.length - index);
        more[index] = definition;
        moreProducts[index] = asked;
        definitions = more;
        products = moreProducts;
    }

    private void remove(int index) {
        int[] fewer = Arrays.copyOf(definitions, definitions.length - 1);
        int[][] fewerProducts = Arrays.copyOf(products, products.length - 1);
        System.arraycopy(definitions, index + 1, fewer, index, fewer.length - index);
        System.arraycopy(products, index + 1, fewerProducts, index, fewer.length - index);
        definitions = fewer;
        products = fewerProducts;
    }
}
