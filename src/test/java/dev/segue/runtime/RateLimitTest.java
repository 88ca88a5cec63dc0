// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void burstOfTenSecondsPasses() {
        RateLimit limit = new RateLimit(100, 1000, 0);
        for (int batch = 0; batch < 10; batch++) {
            assertThat(limit.take(100, 0)).isZero();
        }
        assertThat(limit.take(1, 0)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void oneMorePassesAfterItsTime() {
        RateLimit limit = new RateLimit(100, 1000, 0);
        limit.take(1_000, 0);
        assertThat(limit.take(1, 0)).isPositive();
        assertThat(limit.take(1, SECOND / 100)).isZero();
    }

    @Test
    void largerBatchPassesAndDelaysOthers() {
        RateLimit limit = new RateLimit(10, 100, 0);
        assertThat(limit.take(2_500, 0)).isZero();
        assertThat(limit.take(1, 0)).isEqualTo(Duration.ofMillis(240_100));
        assertThat(limit.take(1, 240 * SECOND)).isPositive();
        assertThat(limit.take(1, 241 * SECOND)).isZero();
    }

    @Test
    void restDoesNotAddUpBeyondBurst() {
        RateLimit limit = new RateLimit(10, 100, 0);
        assertThat(limit.take(100, 3600 * SECOND)).isZero();
        assertThat(limit.take(1, 3600 * SECOND)).isPositive();
    }
}
