// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.jspecify.annotations.Nullable;

/**
 * What a contender did for an event of the measured part; -1 if unknown.
 *
 * @param wakeUps instants at which a deadline of a customer was due; -1 if the contender does not count them
 * @param evaluations evaluated definitions; -1 likewise
 * @param recordsOut records written to output topics
 */
record WorkPerEvent(double wakeUps, double evaluations, double recordsOut) {
    static final WorkPerEvent UNKNOWN = new WorkPerEvent(-1, -1, -1);

    /**
     * @param events processed in the same span
     * @param work null if the contender does not count
     */
    static WorkPerEvent of(@Nullable WorkDone work, long recordsOut, long events) {
        double out = perEvent((double) recordsOut, (double) events);
        return work == null
                ? new WorkPerEvent(-1, -1, out)
                : new WorkPerEvent(
                        perEvent(work.wakeUps(), work.events()), perEvent(work.evaluations(), work.events()), out);
    }

    private static double perEvent(double count, double events) {
        return events > 0 ? count / events : -1;
    }
}
