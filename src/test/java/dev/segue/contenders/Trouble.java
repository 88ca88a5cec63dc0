// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * Conditions of production that a plain drain lacks.
 *
 * @param idlePartition whether one partition has no last event, so that only the others show that time passes
 * @param restart whether each contender is killed once, when half of the events are processed, and restarted
 * @param late whether some events arrive after later ones (see {@link LateEvents})
 */
record Trouble(boolean idlePartition, boolean restart, boolean late) {
    @Override
    public String toString() {
        return (idlePartition ? ", one partition falls silent" : "")
                + (restart ? ", each contender is killed halfway and started again" : "")
                + (late ? ", one event of twenty comes late; compared are memberships in the end" : "");
    }
}
