// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import org.jspecify.annotations.Nullable;

/**
 * Whose values the percentiles of a definition compare.
 *
 * @param among the segment whose members are compared; null for all customers whose value is not zero
 * @param minimum with fewer customers, nobody has a percentile; at least 1
 */
public record PopulationKeys(@Nullable String among, int minimum) {
    /** The usual minimum. */
    public static final int USUAL_MINIMUM = 100;

    public static PopulationKeys usual() {
        return new PopulationKeys(null, USUAL_MINIMUM);
    }
}
