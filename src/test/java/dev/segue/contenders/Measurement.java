// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * One run.
 *
 * @param eventsPerSecond from the moment half of the events were processed, so that the start does not count; -1 if the
 *     contender commits too rarely to compute it
 * @param cpuMicros processor time of the contender's process per event, in the same span; -1 likewise
 * @param workMicros the same without the JVM's compilation
 * @param peakBytes peak memory of the process; -1 if the kernel does not report it
 * @param changelogBytes size of its changelog at the end, per event; -1 if it has none
 * @param changes number of changes that it published
 * @param wrong one sentence; empty if the answers are right or there are none
 */
record Measurement(
        double eventsPerSecond,
        double cpuMicros,
        double workMicros,
        long peakBytes,
        double changelogBytes,
        int changes,
        String wrong) {}
