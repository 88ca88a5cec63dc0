// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Bucket;
import dev.segue.value.Values;
import java.util.List;

/** {@code first()}: the first element or value; the type's default if there is none. */
final class First extends Reduction {
    First() {
        super("first");
    }

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ELEMENT);
    }

    @Override
    public int enough() {
        return 1;
    }

    @Override
    public boolean needsOldest() {
        return true;
    }

    @Override
    public boolean staysAmongValues() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return values.isEmpty() ? zero : Values.readable(values.get(0));
    }

    @Override
    public Object ofBuckets(List<Bucket> buckets, Object zero) {
        return Values.readable(Bucket.all(buckets).first());
    }
}
