// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import org.jspecify.annotations.Nullable;

/**
 * A population about whose percentiles definitions ask.
 *
 * @param id identifies it: populations of the same values, customers and minimum are one
 * @param value the text of the value that is compared
 * @param among the segment whose members are compared; null for all customers whose value is not zero
 * @param minimum with fewer customers, nobody has a percentile
 * @param asked the percentiles at which a result may change, in tenths of a percent, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by id.
public record PopulationNeed(
        long id, String value, @Nullable String among, int minimum, int[] asked) {}
