package dev.segue.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a customer at an instant, for whoever serves them.
 *
 * @param asOf the customer's time at which this was true
 * @param memberships the segments the customer is in, by name
 * @param cart the lines of the cart, oldest first; empty where no definition asks for the cart
 * @param attributes the latest stated attributes, by name (values as in {@link Evidence})
 * @param totals what the customer's accepted events add up to
 */
public record CustomerProfile(
        String customerId,
        Instant asOf,
        List<Membership> memberships,
        List<CartLine> cart,
        Map<String, Object> attributes,
        Totals totals) {

    /**
     * One segment that the customer is in.
     *
     * @param value a trait's value; null for segments
     * @param group the group that the segment is a choice of; null outside groups
     */
    public record Membership(
            String segment,
            @Nullable Object value,
            @Nullable String group,
            Instant enteredAt,
            String definitionVersion) {}

    /**
     * One product in the cart.
     *
     * @param productId the shop's id of the product, else its sku
     * @param variant null where none is named
     * @param sku null where none is named
     * @param quantity pieces or weight, above 0
     * @param price of one, in the shop's currency; null where it is unknown or no definition asks for it
     * @param changedAt when this line last changed
     */
    public record CartLine(
            String productId,
            @Nullable String variant,
            @Nullable String sku,
            double quantity,
            @Nullable BigDecimal price,
            Instant changedAt) {}

    /**
     * What a customer's accepted events add up to.
     *
     * @param events accepted events, duplicates not counted
     * @param firstEventAt time of the earliest event
     * @param lastEventAt time of the latest event
     */
    public record Totals(long events, Instant firstEventAt, Instant lastEventAt) {}
}
