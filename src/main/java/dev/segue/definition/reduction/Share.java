// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Millionths;
import java.util.List;

/**
 * {@code share(e, condition)}: the share of the elements for which the condition holds, 0.0 to 1.0; 0.0 if there are no
 * elements.
 */
final class Share extends Reduction {
    Share() {
        super("share");
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
        long holding = values.stream().filter(value -> (Boolean) value).count();
        return values.isEmpty() ? 0.0 : (double) holding / values.size();
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return count == 0 ? 0.0 : (double) sum.whole() / count;
    }
}
