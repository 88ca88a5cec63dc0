// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import java.util.Arrays;

/** Collects about which products a definition asks in one evaluation. */
public final class Asking {
    private final int evaluation;
    private int[] asked = new int[8];
    private int size;

    /** @param evaluation the number of the evaluation among those of this definition and customer */
    public Asking(int evaluation) {
        this.evaluation = evaluation;
    }

    public int evaluation() {
        return evaluation;
    }

    /** Adds a product or category; see {@link AskedProducts}. */
    public void add(int question) {
        if (size == asked.length) {
            asked = Arrays.copyOf(asked, 2 * size);
        }
        asked[size++] = question;
    }

    public void addAll(int[] questions) {
        for (int question : questions) {
            add(question);
        }
    }

    /** Returns how many were added, also several times. */
    public int size() {
        return size;
    }

    /** Returns what was added from an index on, ascending, each once. */
    public int[] from(int index) {
        int[] sorted = Arrays.copyOfRange(asked, index, size);
        Arrays.sort(sorted);
        int different = 0;
        for (int next = 0; next < sorted.length; next++) {
            if (next == 0 || sorted[next] != sorted[next - 1]) {
                sorted[different++] = sorted[next];
            }
        }
        return Arrays.copyOf(sorted, different);
    }
}
