// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.function.Function;

/**
 * A value of the old set of definitions, and the corresponding value of the new set.
 *
 * @param before of the old set
 * @param after of the new set
 */
public record Both<T>(T before, T after) {

    /** Applies a function to both. */
    public <R> Both<R> map(Function<? super T, ? extends R> function) {
        return new Both<>(function.apply(before), function.apply(after));
    }
}
