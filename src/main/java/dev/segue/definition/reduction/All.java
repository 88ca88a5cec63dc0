// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Millionths;
import java.util.List;

/** {@code all(e, condition)}: whether the condition holds for every element; true if there are no elements. */
final class All extends Reduction {
    All() {
        super("all");
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
    public boolean fromTotal() {
        return true;
    }

    @Override
    public boolean hasDefault() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return values.stream().allMatch(value -> (Boolean) value);
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return sum.whole() == count;
    }
}
