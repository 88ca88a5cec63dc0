// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * One run.
 *
 * @param eventsPerSecond from the moment half was done, so that the start does not count; -1 where the
 *     contender commits too seldom to tell
 * @param cpuMicros processor time of the contender's process for one event, in the same span; -1 as well
 * @param workMicros the same without what the JVM spent on compiling
 * @param peakBytes the most memory of the process; -1 where the kernel does not tell
 * @param changelogBytes what its changelog takes at the end, for one event; -1 where it has none
 * @param changes how many it told
 * @param wrong one sentence; empty where the answers are right or it answers nothing
 */
record Measurement(
        double eventsPerSecond,
        double cpuMicros,
        double workMicros,
        long peakBytes,
        double changelogBytes,
        int changes,
        String wrong) {}
