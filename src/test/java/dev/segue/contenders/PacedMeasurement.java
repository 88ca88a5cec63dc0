// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * One paced run; all times but the last in milliseconds.
 *
 * @param byEvent number of changes caused by events of the measured span
 * @param eventP50 from the scheduled time of the event until its change was read; the next two likewise
 * @param byTime number of changes caused by deadlines of the measured span
 * @param due the expected number of these
 * @param deadlineP50 from the instant of the deadline until its change was read; the next likewise
 * @param sentLateP99 how far the sender itself was behind schedule, which is part of the latencies
 * @param settledSeconds from the start of the load to the last event whose change took longer than a second
 */
record PacedMeasurement(
        long byEvent,
        double eventP50,
        double eventP99,
        double eventP999,
        long byTime,
        long due,
        double deadlineP50,
        double deadlineP99,
        double sentLateP99,
        double sentLateMost,
        double settledSeconds) {}
