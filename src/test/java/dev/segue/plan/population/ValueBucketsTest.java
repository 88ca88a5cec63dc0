// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.FieldType.Scalar;
import dev.segue.value.EvaluationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueBucketsTest {
    private static final double HALF_PERCENT = 1.005;
    private static final double ROUNDING = 1e-9;

    @Test
    void smallWholeNumbersHaveBucketEach() {
        for (long number = -1023; number <= 1024; number++) {
            assertThat(ValueBuckets.WHOLE.of(number)).as("%d", number).isGreaterThan(ValueBuckets.WHOLE.of(number - 1));
        }
    }

    @Test
    void largerWholeNumbersShareThem() {
        assertThat(ValueBuckets.WHOLE.of(1_000_000L)).isEqualTo(ValueBuckets.WHOLE.of(1_000_001L));
        assertThat(ValueBuckets.WHOLE.of(-1_000_000L)).isEqualTo(ValueBuckets.WHOLE.of(-1_000_001L));
        assertThat(ValueBuckets.WHOLE.of(1_000_000L)).isLessThan(ValueBuckets.WHOLE.of(1_010_000L));
        assertThat(ValueBuckets.WHOLE.of(Long.MIN_VALUE)).isLessThanOrEqualTo(ValueBuckets.WHOLE.of(-Long.MAX_VALUE));
    }

    @Test
    void bucketsAscendWithValuesAndAreHalfPercentWide() {
        Random random = new Random(20261130);
        for (int round = 0; round < 100_000; round++) {
            double one = Math.exp(random.nextDouble() * 60 - 30) * (random.nextBoolean() ? 1 : -1);
            double other = random.nextBoolean() ? one * (1 + random.nextDouble() / 50) : -one * random.nextDouble();
            double low = Math.min(one, other);
            double high = Math.max(one, other);
            int lowBucket = ValueBuckets.DECIMAL.of(low);
            int highBucket = ValueBuckets.DECIMAL.of(high);
            assertThat(lowBucket).as("%s %s", low, high).isLessThanOrEqualTo(highBucket);
            if (lowBucket == highBucket && low != high) {
                double ratio = low > 0 ? high / low : low / high;
                assertThat(ratio).as("%s %s", low, high).isBetween(1.0, HALF_PERCENT + ROUNDING);
            }
            double least = (Double) ValueBuckets.DECIMAL.lowest(highBucket);
            assertThat(least - Math.abs(least) * ROUNDING).isLessThanOrEqualTo(high);
            assertThat(Math.abs(high - least)).isLessThan(Math.abs(high) * 0.00501);
        }
    }

    @Test
    void lowestWholeNumberIsInItsBucket() {
        Random random = new Random(20261130);
        for (int round = 0; round < 100_000; round++) {
            long number = random.nextLong() >> random.nextInt(20, 64);
            int bucket = ValueBuckets.WHOLE.of(number);
            long least = (Long) ValueBuckets.WHOLE.lowest(bucket);
            assertThat(least).as("%d", number).isLessThanOrEqualTo(number);
            assertThat(Math.abs(number - least)).as("%d", number).isLessThanOrEqualTo(Math.abs(number) / 199);
        }
    }

    @Test
    void zeroIsBetweenTheSigns() {
        assertThat(ValueBuckets.DECIMAL.of(Double.MIN_VALUE)).isGreaterThan(ValueBuckets.DECIMAL.of(0.0));
        assertThat(ValueBuckets.DECIMAL.of(-Double.MIN_VALUE)).isLessThan(ValueBuckets.DECIMAL.of(-0.0));
        assertThat(ValueBuckets.DECIMAL.of(-0.0)).isEqualTo(ValueBuckets.DECIMAL.of(0.0));
        int highest = ValueBuckets.DECIMAL.of(Double.MAX_VALUE);
        assertThat(highest).isGreaterThan(ValueBuckets.DECIMAL.of(1e300));
        assertThat(ValueBuckets.DECIMAL.lowest(highest + 1)).isEqualTo(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNoNumber(double number) {
        assertThatThrownBy(() -> ValueBuckets.DECIMAL.of(number))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("cannot be compared");
    }

    @Test
    void instantsOfOneHourShareBucket() {
        int ten = ValueBuckets.TIME.of(Instant.parse("2026-11-30T10:00:00Z"));
        assertThat(ValueBuckets.TIME.of(Instant.parse("2026-11-30T10:59:59.999Z")))
                .isEqualTo(ten);
        assertThat(ValueBuckets.TIME.of(Instant.parse("2026-11-30T09:59:59.999Z")))
                .isEqualTo(ten - 1);
        assertThat(ValueBuckets.TIME.lowest(ten)).isEqualTo(Instant.parse("2026-11-30T10:00:00Z"));
        assertThat(ValueBuckets.TIME.of(Instant.parse("1969-12-31T23:59:59.999Z")))
                .isEqualTo(-1);
    }

    @Test
    void lengthsOfTimeAreCountedInMilliseconds() {
        assertThat(ValueBuckets.LENGTH.of(Duration.ofMillis(7))).isEqualTo(7);
        assertThat(ValueBuckets.LENGTH.isZero(Duration.ZERO)).isTrue();
        assertThat(ValueBuckets.of(Scalar.DURATION)).isEqualTo(ValueBuckets.LENGTH);
    }

    @Test
    void textsHaveNoBuckets() {
        assertThatThrownBy(() -> ValueBuckets.of(Scalar.STRING)).isInstanceOf(IllegalArgumentException.class);
    }
}
