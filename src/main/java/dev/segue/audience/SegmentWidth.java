// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

/**
 * A segment that is empty or contains nearly every customer.
 *
 * @param customers number of all customers
 * @param members number of the segment's members: none, or nearly all customers
 */
public record SegmentWidth(String segment, long customers, long members) {

    public boolean isEmpty() {
        return members == 0;
    }
}
