// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

/**
 * Something that was sent, or would have been.
 *
 * @param at in milliseconds since the epoch
 * @param heldOut whether it was not sent, because the customer was in the control group
 */
public record Sent(String trigger, String channel, long at, boolean heldOut) {}
