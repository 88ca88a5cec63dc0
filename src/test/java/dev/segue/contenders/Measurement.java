// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param eventsPerSecond from the moment half of the events were processed, so that the start does not count; -1 if the
 *     contender commits too rarely to compute it
 * @param cpuMicros processor time of the contender's process per event, in the same span; -1 likewise
 * @param workMicros the same without the JVM's compilation
 * @param peakBytes peak memory of the process; -1 if the kernel does not report it
 * @param changelogBytes size of its changelog at the end, per event, without that of a history; -1 if it has none
 * @param work what it did for an event of the measured part
 * @param states the states of its customers at the end; null if it is not Segue
 * @param changes number of changes that it published
 * @param wrong one sentence; empty if the answers are right or there are none
 */
record Measurement(
        double eventsPerSecond,
        double cpuMicros,
        double workMicros,
        long peakBytes,
        double changelogBytes,
        WorkPerEvent work,
        @Nullable StateSizes states,
        int changes,
        String wrong) {}
