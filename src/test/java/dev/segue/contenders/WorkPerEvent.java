// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * What a contender did per event; -1 if unknown.
 *
 * @param wakeUps instants at which a deadline of a customer was due; -1 if it is not Segue
 * @param evaluations evaluated definitions; -1 likewise
 * @param recordsOut records written to the topics of answers
 */
record WorkPerEvent(double wakeUps, double evaluations, double recordsOut) {
    static final WorkPerEvent UNKNOWN = new WorkPerEvent(-1, -1, -1);

    /** @param events the number of events between the snapshots */
    static WorkPerEvent between(Launch launch, Snapshot before, Snapshot after, int events) {
        double recordsOut = (double) RecordsOut.between(launch.stage(), before.outputs(), after.outputs()) / events;
        return launch.entry().isSegue()
                ? new WorkPerEvent(
                        (after.wakeUps() - before.wakeUps()) / events,
                        (after.evaluations() - before.evaluations()) / events,
                        recordsOut)
                : new WorkPerEvent(-1, -1, recordsOut);
    }
}
