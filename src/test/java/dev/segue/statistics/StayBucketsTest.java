// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StayBucketsTest {
    private static final Percentage ERROR = Percentage.withPercentage(3.2);

    @Test
    void bucketsFollowEachOtherWithoutGap() {
        for (int bucket = 0; bucket < StayBuckets.of(Long.MAX_VALUE); bucket++) {
            long last = StayBuckets.last(bucket);
            assertThat(StayBuckets.of(last)).isEqualTo(bucket);
            assertThat(StayBuckets.of(last + 1)).isEqualTo(bucket + 1);
            assertThat(StayBuckets.of(StayBuckets.middle(bucket))).isEqualTo(bucket);
        }
    }

    @Test
    void middleIsCloseToEveryDuration() {
        Random random = new Random(20261130);
        for (int round = 0; round < 100_000; round++) {
            long millis = random.nextLong() >>> (1 + random.nextInt(62));
            assertThat((double) StayBuckets.middle(StayBuckets.of(millis))).isCloseTo((double) millis, ERROR);
        }
    }

    @Test
    void negativeStayCountsAsNone() {
        assertThat(StayBuckets.of(-5)).isZero();
    }

    @Test
    void medianIsOffByLessThanStatedWhereverStaysAreCounted() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            long[] stays = random.longs(
                            1 + random.nextInt(50), 0, Duration.ofDays(400).toMillis())
                    .toArray();
            WindowCounts some = new WindowCounts();
            WindowCounts others = new WindowCounts();
            for (long stay : stays) {
                (random.nextBoolean() ? some : others).addStay(stay);
            }
            some.add(others);
            Arrays.sort(stays);
            assertThat((double) some.medianStay().orElseThrow())
                    .isCloseTo((double) stays[(stays.length - 1) / 2], ERROR);
        }
    }

    @Test
    void nobodyHasNoMedian() {
        assertThat(new WindowCounts().medianStay()).isEmpty();
    }
}
