// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

class MillionthsTest {
    private static Millionths of(String number) {
        return Millionths.of(new BigDecimal(number));
    }

    @Test
    void dividesExactSumOnce() {
        assertThat(of("40.09").plus(of("40.09")).plus(of("40.09")).dividedBy(3)).isEqualTo(40.09);
        assertThat(of("0.3").dividedBy(3)).isEqualTo(0.1);
        assertThat(of("1").dividedBy(3)).isEqualTo(1.0 / 3);
        assertThat(of("-40.09").dividedBy(1)).isEqualTo(-40.09);
        assertThat(Millionths.ZERO.dividedBy(7)).isEqualTo(0.0);
    }

    @Test
    void dividesSumsBeyondDoublesExactly() {
        SplittableRandom random = new SplittableRandom(20261128);
        for (int number = 0; number < 20_000; number++) {
            Millionths sum =
                    new Millionths(random.nextLong(-9_000_000_000_000_000_000L, 9_000_000_000_000_000_000L), false);
            long count = random.nextLong(1, 1L << random.nextInt(1, 40));
            BigDecimal exact =
                    BigDecimal.valueOf(sum.units(), 6).divide(BigDecimal.valueOf(count), new MathContext(300));
            assertThat(sum.dividedBy(count)).as("%s / %d", sum, count).isEqualTo(exact.doubleValue());
        }
    }

    @Test
    void multipliesExactlyAndRoundsOnceHalfEven() {
        assertThat(of("19.95").times(3_000_000)).isEqualTo(of("59.85"));
        assertThat(of("0.1").times(100_000)).isEqualTo(of("0.01"));
        assertThat(of("0.0001").times(5_000))
                .as("0.0000005 is nearer to nothing that is odd")
                .isEqualTo(Millionths.ZERO);
        assertThat(of("0.0003").times(5_000)).as("0.0000015").isEqualTo(of("0.000002"));
        assertThat(of("-0.0003").times(5_000)).isEqualTo(of("-0.000002"));
    }

    @Test
    void clampsAtLimitAndIsApproximate() {
        assertThat(of("9000000000000").approximate()).isFalse();
        assertThat(of("9000000000000.000001")).isEqualTo(new Millionths(9_000_000_000_000_000_000L, true));
        assertThat(of("-1e300").units()).isEqualTo(-9_000_000_000_000_000_000L);
        assertThat(of("9e12").times(2_000_000).approximate()).isTrue();
        assertThat(of("-9e12").minus(of("1")).approximate()).isTrue();
    }

    private static Stream<Object> uncountable() {
        return Stream.of(0L, -1L, -0.5, Double.NaN, Double.POSITIVE_INFINITY, "three");
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("uncountable")
    void nonPositiveQuantityIsUnset(Object value) {
        assertThat(Millionths.ofQuantity(value)).isZero();
    }

    @Test
    void countsQuantityInMillionths() {
        assertThat(Millionths.ofQuantity(3L)).isEqualTo(3 * Millionths.ONE);
        assertThat(Millionths.ofQuantity(0.000001)).isEqualTo(1);
        assertThat(Millionths.ofQuantity(new BigDecimal("1.5"))).isEqualTo(1_500_000);
    }
}
