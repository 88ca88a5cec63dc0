// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    /** Against counting the lower ones of a list. */
    @Test
    void cutsEqualCounting() {
        Random random = new Random(20261130);
        for (int round = 0; round < 500; round++) {
            Histogram histogram = new Histogram();
            List<Integer> customers = new ArrayList<>();
            for (int step = random.nextInt(1, 60); step > 0; step--) {
                int from = ValueBuckets.NONE;
                if (!customers.isEmpty() && random.nextInt(3) == 0) {
                    from = customers.remove(random.nextInt(customers.size()));
                }
                int to =
                        random.nextInt(5) == 0 && from != ValueBuckets.NONE ? ValueBuckets.NONE : random.nextInt(-9, 9);
                if (to != ValueBuckets.NONE) {
                    customers.add(to);
                }
                histogram.count(new BucketChange(1, from, to));
            }
            Cuts cuts = histogram.cuts(1, 5, 77);
            assertThat(cuts.customers()).isEqualTo(customers.size());
            for (int bucket = -12; bucket < 12; bucket++) {
                int asked = bucket;
                long lower = customers.stream().filter(other -> other < asked).count();
                int tenths = customers.size() < 5 ? -1 : (int) (1000 * lower / customers.size());
                assertThat(cuts.tenths(bucket))
                        .as("%d among %s", bucket, customers)
                        .isEqualTo(tenths);
            }
        }
    }

    @Test
    void nobodyIsLeftAfterEverybodyHasGone() {
        Histogram histogram = new Histogram();
        histogram.add(3, 2);
        histogram.add(3, -1);
        histogram.count(new BucketChange(1, 3, ValueBuckets.NONE));
        assertThat(histogram.customers()).isZero();
        assertThat(histogram.cuts(1, 1, 5)).isEqualTo(new Cuts(1, 5, 0, null));
    }
}
