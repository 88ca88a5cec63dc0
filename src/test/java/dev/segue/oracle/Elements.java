// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fields that the grammar may read of the elements of each stream. */
final class Elements {
    /** A field, with the path by which it is read. */
    record Part(String path, Sort sort) {}

    private static final List<Part> COMMON = List.of(
            new Part("event_id", Sort.STRING),
            new Part("session_id", Sort.STRING),
            new Part("channel", Sort.STRING),
            new Part("device.type", Sort.STRING),
            new Part("device.os", Sort.STRING),
            new Part("hour", Sort.INT),
            new Part("weekday", Sort.INT),
            new Part("day", Sort.INT),
            new Part("time", Sort.TIME),
            new Part("occurred_at", Sort.TIME));

    private static final List<Part> PRODUCT = List.of(
            new Part("product_id", Sort.STRING),
            new Part("category", Sort.STRING),
            new Part("price", Sort.DOUBLE),
            new Part("quantity", Sort.DOUBLE),
            new Part("sku", Sort.STRING),
            new Part("variant", Sort.STRING));

    private static final Map<String, List<Part>> OWN = Map.ofEntries(
            Map.entry("activity", List.of(new Part("type", Sort.STRING))),
            Map.entry(
                    "page_viewed",
                    List.of(
                            new Part("url", Sort.STRING),
                            new Part("seconds", Sort.INT),
                            new Part("landing", Sort.BOOL))),
            Map.entry("product_viewed", PRODUCT),
            Map.entry(
                    "product_added",
                    List.of(
                            PRODUCT.get(0),
                            PRODUCT.get(2),
                            PRODUCT.get(3),
                            PRODUCT.get(4),
                            PRODUCT.get(5),
                            new Part("rank", Sort.INT),
                            new Part("gift", Sort.BOOL))),
            Map.entry("product_removed", PRODUCT),
            Map.entry(
                    "order_completed",
                    List.of(
                            new Part("order_id", Sort.STRING),
                            new Part("coupon", Sort.STRING),
                            new Part("currency", Sort.STRING),
                            new Part("total", Sort.DOUBLE))),
            Map.entry(
                    "form_submitted",
                    List.of(
                            new Part("form", Sort.STRING),
                            new Part("score", Sort.INT),
                            new Part("weight", Sort.DOUBLE))),
            Map.entry("custom_event", List.of(new Part("name", Sort.STRING))),
            Map.entry("profile_updated", List.of(new Part("origin", Sort.STRING), new Part("favourite", Sort.STRING))),
            Map.entry("order_refunded", List.of(new Part("order_id", Sort.STRING), new Part("total", Sort.DOUBLE))),
            Map.entry("order_cancelled", List.of(new Part("order_id", Sort.STRING))),
            Map.entry("email_delivered", List.of(new Part("campaign_id", Sort.STRING))));

    private static final List<Part> ORDER_LINE =
            List.of(PRODUCT.get(0), PRODUCT.get(1), PRODUCT.get(2), PRODUCT.get(3), PRODUCT.get(4), PRODUCT.get(5));

    private static final List<Part> OF_ORDER = List.of(
            new Part("order_id", Sort.STRING),
            new Part("coupon", Sort.STRING),
            new Part("channel", Sort.STRING),
            new Part("age_days", Sort.DOUBLE),
            new Part("launched_at", Sort.TIME),
            new Part("hour", Sort.INT),
            new Part("weekday", Sort.INT),
            new Part("day", Sort.INT),
            new Part("time", Sort.TIME));

    private static final List<Part> ITEM =
            Stream.concat(ORDER_LINE.stream(), OF_ORDER.stream()).toList();

    private static final List<Part> LINE = List.of(
            PRODUCT.get(0),
            PRODUCT.get(1),
            PRODUCT.get(2),
            PRODUCT.get(3),
            PRODUCT.get(4),
            PRODUCT.get(5),
            new Part("rank", Sort.INT),
            new Part("gift", Sort.BOOL),
            new Part("time", Sort.TIME));

    /** The streams; those listed twice are chosen more often. */
    static final List<String> STREAMS = List.of(
            "cart",
            "cart",
            "cart",
            "activity",
            "activity",
            "page_viewed",
            "product_viewed",
            "product_viewed",
            "product_added",
            "product_removed",
            "order_completed",
            "order_completed",
            "form_submitted",
            "form_submitted",
            "custom_event",
            "custom_event",
            "purchase",
            "purchase",
            "item_bought",
            "item_bought",
            "order_refunded",
            "profile_updated",
            "email_delivered");

    /** The streams that are derived from events, and have no place among their arrivals. */
    static final List<String> DERIVED = List.of("cart", "purchase", "item_bought");

    private Elements() {}

    /** The fields of a stream's elements, or of {@code Product}, a line of an order. */
    static List<Part> of(String element) {
        return switch (element) {
            case "cart" -> LINE;
            case "item_bought" -> ITEM;
            case "purchase" -> of("order_completed");
            case "Product" -> ORDER_LINE;
            default -> Stream.concat(COMMON.stream(), OWN.get(element).stream()).toList();
        };
    }
}
