// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param eventsPerSecond from the last commit of at most half of the events, so that the start does not count; of a
 *     lived shop, all of the measured part; -1 if the contender was killed
 * @param cpuMicros processor time of the contender's process per event, in the same span; -1 likewise
 * @param workMicros the same without the JVM's compilation
 * @param peakBytes peak memory of the process; -1 if the kernel does not report it
 * @param changelogBytes size of its changelog at the end, per event, without that of a history; -1 if it has none
 * @param work what it did per event; of a lived shop, without its history
 * @param states the states of its customers at the end, by replay; null if it is not Segue or has no answers
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
