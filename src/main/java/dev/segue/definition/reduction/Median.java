// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Bucket;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code median()}: the middle number, or the mean of the middle two for an even count; 0.0 if there are no values. */
final class Median extends Reduction {
    Median() {
        super("median");
    }

    @Override
    public List<Signature> signatures() {
        return Signature.NUMBER_TO_DOUBLE;
    }

    @Override
    public boolean staysAmongValues() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        if (values.isEmpty()) {
            return 0.0;
        }
        double[] sorted = Values.allReadable(values).stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the middle value; each bucket's mean counts once per element. */
    @Override
    public Object ofBuckets(List<Bucket> buckets, Object zero) {
        List<Bucket> sorted = new ArrayList<>(buckets);
        sorted.sort(Comparator.comparingDouble(Median::mean));
        long count = Bucket.all(buckets).count();
        return (at(sorted, (count - 1) / 2) + at(sorted, count / 2)) / 2;
    }

    private static double at(List<Bucket> sorted, long rank) {
        long left = rank;
        for (Bucket bucket : sorted) {
            left -= bucket.count();
            if (left < 0) {
                return mean(bucket);
            }
        }
        throw new IllegalStateException("rank " + rank + " is beyond the end");
    }

    private static double mean(Bucket bucket) {
        return bucket.sum().dividedBy(bucket.count());
    }
}
