// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

/**
 * Thresholds for warnings about segments without members or with nearly all customers.
 *
 * @param afterCustomers the number of customers from which warnings are given, at most {@link Integer#MAX_VALUE}; 0 for
 *     never
 * @param nearlyEverybody the share of all customers from which a segment is too wide, from 0.5 to 1
 */
public record WidthSettings(int afterCustomers, double nearlyEverybody) {
    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public WidthSettings {
        Checks checks = new Checks();
        checks.within("segments.width.after_customers", afterCustomers, 0, Integer.MAX_VALUE);
        checks.that(
                nearlyEverybody >= 0.5 && nearlyEverybody <= 1,
                "segments.width.nearly_everybody must be from 0.5 to 1, not %s",
                nearlyEverybody);
        checks.end();
    }

    public static WidthSettings defaults() {
        return new WidthSettings(1000, 0.95);
    }

    /** Gives no warnings. */
    public static WidthSettings never() {
        return new WidthSettings(0, 1);
    }
}
