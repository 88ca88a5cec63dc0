// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MarkTest {
    @Test
    void computesCostOfEventsBetweenTwoCommits() {
        Mark start = new Mark(1000, 5_000_000_000L, Duration.ofSeconds(4), Duration.ofSeconds(1));
        Mark end = new Mark(3000, 5_500_000_000L, Duration.ofSeconds(5), Duration.ofMillis(1400));
        assertThat(start.eventsPerSecondUntil(end)).isEqualTo(4000);
        assertThat(start.cpuMicrosUntil(end)).isEqualTo(500);
        assertThat(start.workMicrosUntil(end)).isEqualTo(300);
    }
}
