// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/**
 * The instant from which on anything is counted.
 *
 * @param instant a whole hour, in milliseconds since the epoch
 * @param dropped called for each count that is dropped because it belongs before
 */
public record Since(long instant, Runnable dropped) {

    /** Returns whether a count of an instant counts; if not, it is a dropped one. */
    boolean includes(long at) {
        if (at < instant) {
            dropped.run();
            return false;
        }
        return true;
    }
}
