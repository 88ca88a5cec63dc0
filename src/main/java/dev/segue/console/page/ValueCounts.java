// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.util.List;

/**
 * How often a trait has each value.
 *
 * @param top the most frequent values, most frequent first
 * @param different how many different values were looked at
 * @param isComplete false if there are more than were looked at
 */
public record ValueCounts(List<Count> top, int different, boolean isComplete) {
    /** How many customers have a value. */
    public record Count(String value, long customers) {}
}
