// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer's memberships, cart, attributes and totals at one instant.
 *
 * @param asOf the customer's time for which the profile is valid
 * @param memberships the segments the customer is in, by name
 * @param cart the lines of the cart, oldest first; empty if no definition reads the cart
 * @param attributes the latest attribute values, by name (values as in {@link Evidence})
 * @param totals totals of the customer's accepted events
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
     * @param variant null if the event names none
     * @param sku null if the event names none
     * @param quantity pieces or weight, above 0
     * @param price per unit, in the shop's currency; null if it is unknown or no definition reads it
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
     * Totals of a customer's accepted events.
     *
     * @param events accepted events, excluding duplicates
     * @param firstEventAt time of the earliest event
     * @param lastEventAt time of the latest event
     */
    public record Totals(long events, Instant firstEventAt, Instant lastEventAt) {}
}
