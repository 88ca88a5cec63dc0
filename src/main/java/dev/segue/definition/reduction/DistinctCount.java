// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import java.util.List;

/** {@code distinct().count()}: the number of distinct values. */
final class DistinctCount extends Reduction {
    DistinctCount() {
        super("distinct().count");
    }

    @Override
    public boolean isCount() {
        return true;
    }

    @Override
    public boolean needsDistinctOnly() {
        return true;
    }

    @Override
    public boolean ignoresOrder() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return (long) Distinct.distinct(values).size();
    }
}
