// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import org.jspecify.annotations.Nullable;

/**
 * A customer's membership in a segment.
 *
 * @param segment the segment's name
 * @param version the definition's version when the customer entered, or was last updated
 * @param enteredAt milliseconds since the epoch
 * @param carryHash hash of the carry last sent if the definition emits its updates; otherwise 0
 * @param group the group that the segment is a choice of; null outside groups
 * @param value a trait's value; null for segments
 */
public record Membership(
        String segment,
        String version,
        long enteredAt,
        long carryHash,
        @Nullable String group,
        @Nullable Object value) {
    /** Returns the same membership with another beginning. */
    public Membership since(long millis) {
        return new Membership(segment, version, millis, carryHash, group, value);
    }

    /** Returns the same membership with the hash of another carry. */
    public Membership carrying(long hash) {
        return new Membership(segment, version, enteredAt, hash, group, value);
    }

    /** Returns the name of the definition that grants it. */
    public String definition() {
        return group == null ? segment : group;
    }
}
