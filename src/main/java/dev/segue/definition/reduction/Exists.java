// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Millionths;
import java.util.List;

/**
 * {@code exists(e, condition)}: whether the condition holds for at least one element. The condition becomes a filter of
 * the stream.
 */
final class Exists extends Reduction {
    Exists() {
        super("exists");
    }

    @Override
    public String call() {
        return name();
    }

    @Override
    public boolean takesCondition() {
        return true;
    }

    @Override
    public int enough() {
        return 1;
    }

    @Override
    public boolean oldestSuffice() {
        return true;
    }

    @Override
    public boolean fromTotal() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return !values.isEmpty();
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return count > 0;
    }
}
