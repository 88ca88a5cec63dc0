// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

/**
 * How many events had a problem of one kind.
 *
 * @param events number of events; at least 1
 * @param example the first offending text; empty if something was missing
 */
public record ProblemCount(long events, String example) {
    ProblemCount and(ProblemCount next) {
        return new ProblemCount(events + next.events, example);
    }
}
