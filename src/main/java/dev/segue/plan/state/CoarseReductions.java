package dev.segue.plan.state;

import dev.segue.definition.language.Reduction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@link Reduction} means on a series of which some elements stand for several. Counts, sums, averages, shares and
 * extremes are those of a window that is longer than asked by at most a bucket's width; of a median and of the most
 * frequent value, the elements of a bucket count as so many of its mean, or of its latest.
 */
public final class CoarseReductions {
    private CoarseReductions() {}

    public static Object reduce(Reduction reduction, List<Object> values, Object zero) {
        List<Bucket> buckets = values.stream().map(Bucket::of).toList();
        if (buckets.isEmpty()) {
            return Reductions.reduce(reduction, List.of(), zero);
        }
        Bucket all = buckets.stream().reduce(Bucket::with).orElseThrow();
        return switch (reduction) {
            case SUM ->
                zero instanceof Long
                        ? (Object) (all.sum().units() / 1_000_000)
                        : (Object) all.sum().toDouble();
            case AVG, SHARE -> all.sum().dividedBy(all.count());
            case ALL -> all.sum().units() == all.count() * 1_000_000;
            case MIN -> Values.readable(known(all.min()));
            case MAX -> Values.readable(known(all.max()));
            case FIRST -> Values.readable(known(all.first()));
            case LATEST -> Values.readable(known(all.last()));
            case MEDIAN -> median(buckets, all.count());
            default -> Reductions.reduce(reduction, latestOfEach(buckets), zero);
        };
    }

    private static Object known(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("elements without a value were asked for one");
        }
        return value;
    }

    /** The value in the middle, each bucket's mean counting as often as it has elements. */
    private static Object median(List<Bucket> buckets, long count) {
        List<Bucket> sorted = new ArrayList<>(buckets);
        sorted.sort(Comparator.comparingDouble(CoarseReductions::mean));
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

    /** Every element of a bucket as its latest; no more than a series holds. */
    private static List<Object> latestOfEach(List<Bucket> buckets) {
        List<Object> values = new ArrayList<>();
        for (Bucket bucket : buckets) {
            for (long left = Math.min(bucket.count(), Retention.CAP); left > 0; left--) {
                values.add(known(bucket.last()));
            }
        }
        return values;
    }
}
