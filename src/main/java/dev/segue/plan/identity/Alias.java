// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.identity;

/**
 * What is left of an id that goes on as another customer.
 *
 * @param into the customer
 * @param at time of the event that linked them, in milliseconds since the epoch
 * @param device whether the id is that of a device, which another customer may claim later
 */
public record Alias(String into, long at, boolean device) {
    /** Returns whether a claim that arrives now replaces this one. */
    boolean isUpTo(Transfer.Claim claim) {
        return at <= claim.at();
    }
}
