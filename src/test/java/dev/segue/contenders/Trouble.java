// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * What a production brings and a plain drain does not.
 *
 * @param idlePartition whether one partition falls silent: it has no last event, so that only the others show that time passes
 * @param restart whether each contender is killed once, when half of the events are done, and started again
 * @param late whether some events come after events that happened later (see {@link LateEvents})
 */
record Trouble(boolean idlePartition, boolean restart, boolean late) {
    @Override
    public String toString() {
        return (idlePartition ? ", one partition falls silent" : "")
                + (restart ? ", each contender is killed halfway and started again" : "")
                + (late ? ", one event of twenty comes late; compared are memberships in the end" : "");
    }
}
