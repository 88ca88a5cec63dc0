// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Threads, local state, intervals and guarantee of the processor.
 *
 * @param threads stream threads of this instance, 1 to 256
 * @param stateDirectory directory of local state; each instance on a machine needs its own
 * @param stores settings of the local stores
 * @param standbyReplicas warm copies of the state on other instances, 0 to 3
 * @param commitInterval time between commits, 10 ms to 1 min; under exactly-once, readers see changes after this delay
 * @param linger how long a producer waits to fill a batch, 0 to 1 s
 * @param tickInterval time between two ticks of the conductor, 10 ms to 1 min
 * @param drain budget for due customers per tick
 * @param startPatience how long to wait for a broker at start, 1 s to 1 h
 */
public record ProcessingSettings(
        Guarantee guarantee,
        int threads,
        Path stateDirectory,
        StoreSettings stores,
        int standbyReplicas,
        Duration commitInterval,
        Duration linger,
        Duration tickInterval,
        DrainBudget drain,
        Duration startPatience) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public ProcessingSettings {
        Checks checks = new Checks();
        checks.within("processing.threads", threads, 1, 256);
        checks.within("processing.standby_replicas", standbyReplicas, 0, 3);
        checks.within("processing.commit_interval", commitInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
        checks.within("processing.linger", linger, Duration.ZERO, Duration.ofSeconds(1));
        checks.within("processing.tick_interval", tickInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
        checks.within("processing.start_patience", startPatience, Duration.ofSeconds(1), Duration.ofHours(1));
        checks.end();
    }

    /** What readers of the output can rely on after a crash. */
    public enum Guarantee {
        /** A {@code read_committed} reader sees every change once. */
        EXACTLY_ONCE,
        /** Faster; after a crash, changes may be repeated with equal ids. */
        AT_LEAST_ONCE
    }

    public static ProcessingSettings defaults() {
        return new ProcessingSettings(
                Guarantee.EXACTLY_ONCE,
                1,
                Path.of("data", "state"),
                StoreSettings.defaults(),
                0,
                Duration.ofMillis(100),
                Duration.ofMillis(5),
                Duration.ofMillis(150),
                DrainBudget.defaults(),
                Duration.ofSeconds(30));
    }

    public ProcessingSettings withStateDirectory(Path value) {
        return new ProcessingSettings(
                guarantee,
                threads,
                value,
                stores,
                standbyReplicas,
                commitInterval,
                linger,
                tickInterval,
                drain,
                startPatience);
    }

    public ProcessingSettings withStartPatience(Duration value) {
        return new ProcessingSettings(
                guarantee,
                threads,
                stateDirectory,
                stores,
                standbyReplicas,
                commitInterval,
                linger,
                tickInterval,
                drain,
                value);
    }

    public ProcessingSettings withTickInterval(Duration value) {
        return new ProcessingSettings(
                guarantee,
                threads,
                stateDirectory,
                stores,
                standbyReplicas,
                commitInterval,
                linger,
                value,
                drain,
                startPatience);
    }
}
