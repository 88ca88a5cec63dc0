// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

/**
 * The customers that a segment reached in a replay.
 *
 * @param customers number of customers who entered at least once
 * @param members number of members at the end
 */
public record Reach(long customers, long members) {
    public static final Reach NONE = new Reach(0, 0);
}
