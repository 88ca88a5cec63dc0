package dev.segue.config;

/**
 * When a segment is so narrow or so wide that it tells nothing.
 *
 * @param afterCustomers how many customers there must be before anything is said, at most {@link Integer#MAX_VALUE}; 0
 *     for never
 * @param nearlyEverybody the share of all customers from which a segment is too wide, from 0.5 to 1
 */
public record WidthSettings(int afterCustomers, double nearlyEverybody) {
    /** @throws IllegalArgumentException naming the value that is wrong */
    public WidthSettings {
        Check.within("segments.width.after_customers", afterCustomers, 0, Integer.MAX_VALUE);
        Check.that(
                nearlyEverybody >= 0.5 && nearlyEverybody <= 1,
                "segments.width.nearly_everybody must be from 0.5 to 1, not %s",
                nearlyEverybody);
    }

    public static WidthSettings defaults() {
        return new WidthSettings(1000, 0.95);
    }

    /** Says nothing about any segment. */
    public static WidthSettings never() {
        return new WidthSettings(0, 1);
    }
}
