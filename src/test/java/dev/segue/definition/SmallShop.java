// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static dev.segue.event.FieldType.Scalar.DECIMAL;
import static dev.segue.event.FieldType.Scalar.DOUBLE;
import static dev.segue.event.FieldType.Scalar.INTEGER;
import static dev.segue.event.FieldType.Scalar.STRING;

import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.util.List;

/** A vocabulary small enough to survey. */
public final class SmallShop {
    private static final List<Field> PRODUCT = List.of(
            new Field("product_id", STRING, ""),
            new Field("sku", STRING, ""),
            new Field("variant", STRING, ""),
            new Field("category", STRING, ""),
            new Field("price", DECIMAL, ""),
            new Field("quantity", DOUBLE, ""));

    /** One line of an order. */
    public static final RecordType PRODUCT_LINE = new RecordType("Product", PRODUCT);

    public static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            new EventType("page_viewed", List.of(new Field("url", STRING, "")), true),
            new EventType("product_viewed", PRODUCT, true),
            new EventType("product_added", PRODUCT, true),
            new EventType("product_removed", PRODUCT, true),
            new EventType("checkout_started", List.of(new Field("value", DECIMAL, "")), true),
            new EventType(
                    "order_completed",
                    List.of(
                            new Field("order_id", STRING, ""),
                            new Field("total", DECIMAL, ""),
                            new Field("coupon", STRING, ""),
                            new Field("products", new FieldType.Listing(new FieldType.Nested(PRODUCT_LINE)), "")),
                    true),
            new EventType(
                    "order_refunded",
                    List.of(
                            new Field("order_id", STRING, ""),
                            new Field("total", DECIMAL, ""),
                            new Field("products", new FieldType.Listing(new FieldType.Nested(PRODUCT_LINE)), "")),
                    false),
            new EventType("order_cancelled", List.of(new Field("order_id", STRING, "")), false),
            new EventType(
                    "profile_updated",
                    List.of(
                            new Field("birthday", STRING, ""),
                            new Field("wedding_date", STRING, ""),
                            new Field("age", INTEGER, ""),
                            new Field("favourite", STRING, ""),
                            new Field("tags", new FieldType.Mapping(STRING), ""),
                            new Field("cleared", new FieldType.Listing(STRING), "")),
                    false),
            new EventType("email_delivered", List.of(new Field("campaign_id", STRING, "")), false)));

    private SmallShop() {}
}
