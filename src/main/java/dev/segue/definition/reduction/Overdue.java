// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.List;

/**
 * {@code overdue(factor)}: whether the time since the latest element exceeds the median gap by a factor. It depends
 * only on times.
 */
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
    public Object of(List<?> values, Object zero) {
        throw new IllegalStateException("overdue depends on times, not on values");
    }
}
