// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random choices from a seed. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A number from 0 to one less than the sides. */
    int roll(int sides) {
        return random.nextInt(sides);
    }

    /** True with a probability of one in this number. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    long between(long from, long to) {
        return random.nextLong(from, to + 1);
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Runs one of several suppliers. */
    <T> T oneOf(List<Supplier<T>> choices) {
        return any(choices).get();
    }
}
