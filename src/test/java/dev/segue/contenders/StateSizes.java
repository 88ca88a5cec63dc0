// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Sizes of the states of all customers, in bytes. */
record StateSizes(int customers, int median, double mean, int p99) {
    /** @throws IllegalArgumentException if there are none */
    static StateSizes of(IntStream sizes) {
        int[] sorted = sizes.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there are no states");
        }
        return new StateSizes(
                sorted.length,
                sorted[sorted.length / 2],
                Arrays.stream(sorted).average().orElseThrow(),
                sorted[(int) (sorted.length * 99L / 100)]);
    }
}
