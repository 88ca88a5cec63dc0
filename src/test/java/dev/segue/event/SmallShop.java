// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static dev.segue.event.FieldType.Scalar.BOOLEAN;
import static dev.segue.event.FieldType.Scalar.DECIMAL;
import static dev.segue.event.FieldType.Scalar.DOUBLE;
import static dev.segue.event.FieldType.Scalar.INTEGER;
import static dev.segue.event.FieldType.Scalar.STRING;
import static dev.segue.event.FieldType.Scalar.TIMESTAMP;

import java.util.List;
import java.util.stream.Stream;

/** The vocabulary of the tests: small enough to see whole, with a field of every type. */
public final class SmallShop {
    private static final Field CURRENCY = field("currency", STRING);

    private static final List<Field> PRODUCT = List.of(
            field("product_id", STRING),
            field("sku", STRING),
            field("variant", STRING),
            field("category", STRING),
            field("price", DECIMAL),
            field("quantity", DOUBLE));

    /** One line of an order. */
    public static final RecordType PRODUCT_LINE =
            new RecordType("Product", and(PRODUCT, field("launched_at", TIMESTAMP)));

    private static final Field PRODUCTS = field("products", new FieldType.Listing(new FieldType.Nested(PRODUCT_LINE)));

    public static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            activity("page_viewed", field("url", STRING), field("seconds", INTEGER), field("landing", BOOLEAN)),
            new EventType(
                    "product_viewed",
                    and(
                            PRODUCT,
                            CURRENCY,
                            field("position", INTEGER),
                            field("in_stock", BOOLEAN),
                            field("launched_at", TIMESTAMP),
                            field("answers", new FieldType.Mapping(STRING))),
                    true),
            new EventType(
                    "product_added", and(PRODUCT, CURRENCY, field("rank", INTEGER), field("gift", BOOLEAN)), true),
            new EventType("product_removed", and(PRODUCT, CURRENCY), true),
            activity("checkout_started", field("value", DECIMAL)),
            activity(
                    "order_completed",
                    field("order_id", STRING),
                    field("total", DECIMAL),
                    field("coupon", STRING),
                    CURRENCY,
                    PRODUCTS),
            activity(
                    "form_submitted",
                    field("form", STRING),
                    field("score", INTEGER),
                    field("weight", DOUBLE),
                    field("answers", new FieldType.Mapping(STRING)),
                    field("points", new FieldType.Mapping(INTEGER))),
            notActivity("order_refunded", field("order_id", STRING), field("total", DECIMAL), CURRENCY, PRODUCTS),
            notActivity("order_cancelled", field("order_id", STRING)),
            notActivity(
                    "profile_updated",
                    field("birthday", STRING),
                    field("wedding_date", STRING),
                    field("age", INTEGER),
                    field("favourite", STRING),
                    field("tags", new FieldType.Mapping(STRING)),
                    field("cleared", new FieldType.Listing(STRING))),
            notActivity("email_delivered", field("campaign_id", STRING)),
            notActivity("customer_identified"),
            notActivity("customers_merged", field("other_id", STRING), field("survivor", STRING))));

    private SmallShop() {}

    private static Field field(String name, FieldType type) {
        return new Field(name, type, "");
    }

    private static List<Field> and(List<Field> fields, Field... more) {
        return Stream.concat(fields.stream(), Stream.of(more)).toList();
    }

    private static EventType activity(String name, Field... fields) {
        return new EventType(name, List.of(fields), true);
    }

    private static EventType notActivity(String name, Field... fields) {
        return new EventType(name, List.of(fields), false);
    }
}
