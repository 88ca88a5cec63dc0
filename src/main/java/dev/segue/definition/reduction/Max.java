// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Bucket;
import dev.segue.value.Values;
import java.util.Collections;
import java.util.List;

/** {@code max()}: the largest number; 0 if there are no values. */
final class Max extends Reduction {
    Max() {
        super("max");
    }

    @Override
    public List<Signature> signatures() {
        return Signature.NUMBER;
    }

    @Override
    public boolean ignoresOrder() {
        return true;
    }

    @Override
    public boolean staysAmongValues() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return values.isEmpty() ? zero : Collections.max(Values.allReadable(values), Values::compare);
    }

    @Override
    public Object ofBuckets(List<Bucket> buckets, Object zero) {
        return Values.readable(Bucket.all(buckets).max());
    }
}
