// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.FieldType.Scalar;
import dev.segue.value.Millionths;
import java.util.List;

/** {@code count()}: the number of elements. */
final class Count extends Reduction {
    Count() {
        super("count");
    }

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAny(Scalar.INTEGER));
    }

    @Override
    public boolean isCount() {
        return true;
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
    public boolean ignoresOrder() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return (long) values.size();
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return count;
    }
}
