// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * One paced run; all times but the last in milliseconds.
 *
 * @param byEvent so many changes were caused by events of the measured span
 * @param eventP50 from the time that the event was to be sent until its change was read; so are the next two
 * @param byTime so many changes were caused by deadlines of the measured span
 * @param due so many should have been
 * @param deadlineP50 from the instant of the deadline until its change was read; so is the next
 * @param sentLateP99 how far the sender itself was behind its plan, which is part of the latencies
 * @param settledSeconds so long after the load began came the last event whose change took longer than a second
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
