// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.HttpSettings;
import dev.segue.topology.Lag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private static final Duration NONE = Duration.ZERO;
    private static final HttpSettings BOUNDS =
            HttpSettings.defaults().withBounds(Duration.ofSeconds(30), Duration.ofSeconds(5));
    private static final Health.Check RUNNING = new Health.Check("processor", true, "is running");

    private static final Health.Check EVALUATED = new Health.Check("definitions", true, "revision 1 is evaluated");
    private static final Health.Check PLACED = new Health.Check("partitions", true, "as they belong");

    @Test
    void isReadyExactlyAtClockLimitButNotBeyond() {
        assertThat(ready(RUNNING, null, new Lag(Duration.ofSeconds(30), NONE, 0, 0)))
                .isEmpty();
        assertThat(ready(RUNNING, null, new Lag(Duration.ofMillis(30_001), NONE, 0, 0)))
                .isEqualTo("clock: the newest tick is 30001 ms behind the clock, more than http.clock_behind: 30s");
    }

    @Test
    void isReadyExactlyAtDrainLimitButNotBeyond() {
        assertThat(ready(RUNNING, null, new Lag(NONE, Duration.ofSeconds(5), 7, 0)))
                .isEmpty();
        assertThat(ready(RUNNING, null, new Lag(NONE, Duration.ofMillis(5_001), 7, 0)))
                .isEqualTo("drain: 7 customers are due, the oldest for 5001 ms, more than http.drain_behind: 5s");
    }

    @Test
    void namesUnreachableRegistry() {
        assertThat(ready(RUNNING, null, new Lag(NONE, NONE, 0, 2))).startsWith("registry: 2 threads wait");
    }

    @Test
    void namesUnreachableBroker() {
        assertThat(ready(RUNNING, "nobody answers", new Lag(NONE, NONE, 0, 0))).isEqualTo("broker: nobody answers");
    }

    @Test
    void namesStoppedProcessor() {
        assertThat(ready(new Health.Check("processor", false, "starts"), null, new Lag(NONE, NONE, 0, 0)))
                .isEqualTo("processor: starts");
    }

    @Test
    void bodyNamesCheckAndReason() {
        Health health = new HealthChecks(
                        BOUNDS,
                        () -> RUNNING,
                        () -> "a \"quoted\"\nbroker",
                        () -> PLACED,
                        () -> EVALUATED,
                        () -> new Lag(NONE, NONE, 0, 0))
                .ready();
        assertThat(health.json())
                .startsWith("{\"ok\":false,\"checks\":[{\"check\":\"processor\",\"ok\":true,\"why\":\"is running\"},"
                        + "{\"check\":\"broker\",\"ok\":false,\"why\":\"a \\\"quoted\\\"\\nbroker\"}");
    }

    @Test
    void eventsInWrongPartitionsDegradeReadyInstance() {
        Health health = new HealthChecks(
                        BOUNDS,
                        () -> RUNNING,
                        () -> null,
                        () -> Health.Check.degraded("partitions", "3 events"),
                        () -> EVALUATED,
                        () -> new Lag(NONE, NONE, 0, 0))
                .ready();
        assertThat(health.ok()).isTrue();
        assertThat(health.json())
                .startsWith("{\"ok\":true,\"degraded\":true,\"checks\":[")
                .contains("{\"check\":\"partitions\",\"ok\":true,\"degraded\":true,\"why\":\"3 events\"}");
    }

    /** The failed checks; empty if the instance is ready. */
    private static String ready(Health.Check processor, @Nullable String broker, Lag lag) {
        Health health = new HealthChecks(
                        BOUNDS, () -> processor, () -> broker, () -> PLACED, () -> EVALUATED, () -> lag)
                .ready();
        String failed = String.join(
                "; ",
                health.checks().stream()
                        .filter(check -> !check.ok())
                        .map(check -> check.name() + ": " + check.why())
                        .toList());
        assertThat(health.ok()).isEqualTo(failed.isEmpty());
        return failed;
    }
}
