// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * A customer's pending entry to a segment: its condition must hold for some time first, or the customer left recently.
 *
 * @param holdsSince since when the condition has held without interruption, in milliseconds since the epoch; {@link
 *     #UNSET} if it does not hold
 * @param leftAt when the customer left, in milliseconds since the epoch; {@link #UNSET} if never, or if the cooldown is
 *     over
 */
public record Waiting(String segment, long holdsSince, long leftAt) {
    /** No such instant. */
    public static final long UNSET = Long.MIN_VALUE;
}
