// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.List;

/** {@code overdue(factor)}: whether the next element is late by a factor of the median gap. It depends on times alone. */
final class Overdue extends Reduction {
    Overdue() {
        super("overdue");
    }

    @Override
    public String call() {
        return name();
    }

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAny(Scalar.BOOLEAN));
    }

    @Override
    public FieldType argument() {
        return Scalar.DOUBLE;
    }

    @Override
    public boolean takesElements() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        throw new IllegalStateException("overdue depends on times, not on values");
    }
}
