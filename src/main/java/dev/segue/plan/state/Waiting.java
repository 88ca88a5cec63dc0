// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * That a customer outside a segment may enter later: because its condition must hold for a while first, or because the
 * customer left only lately.
 *
 * @param holdsSince since when the condition holds without a break, in milliseconds since the epoch; {@link #NEVER} where
 *     it does not
 * @param leftAt when the customer left, in milliseconds since the epoch; {@link #NEVER} where never or long ago
 */
public record Waiting(String segment, long holdsSince, long leftAt) {
    /** No such instant. */
    public static final long NEVER = Long.MIN_VALUE;
}
