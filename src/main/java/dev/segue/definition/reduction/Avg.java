// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Millionths;
import java.util.List;

/** {@code avg()}: the double nearest to the exact sum divided by the count; 0.0 if there are no values. */
final class Avg extends Reduction {
    Avg() {
        super("avg");
    }

    @Override
    public List<Signature> signatures() {
        return Signature.NUMBER_TO_DOUBLE;
    }

    @Override
    public boolean fromTotal() {
        return true;
    }

    @Override
    public boolean staysAmongValues() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return ofTotal(values.size(), Millionths.sum(values), zero);
    }

    @Override
    public Object ofTotal(long count, Millionths sum, Object zero) {
        return count == 0 ? 0.0 : sum.dividedBy(count);
    }
}
