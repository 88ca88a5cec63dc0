// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static dev.segue.event.FieldType.Scalar.BOOLEAN;
import static dev.segue.event.FieldType.Scalar.DECIMAL;
import static dev.segue.event.FieldType.Scalar.DOUBLE;
import static dev.segue.event.FieldType.Scalar.INTEGER;
import static dev.segue.event.FieldType.Scalar.STRING;
import static dev.segue.event.FieldType.Scalar.TIMESTAMP;

import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.util.List;

/** A small vocabulary with a field of every type. */
final class OracleShop {
    private static final Field CURRENCY = new Field("currency", STRING, "");

    private static final List<Field> PRODUCT = List.of(
            new Field("product_id", STRING, ""),
            new Field("sku", STRING, ""),
            new Field("variant", STRING, ""),
            new Field("category", STRING, ""),
            new Field("price", DECIMAL, ""),
            new Field("quantity", DOUBLE, ""),
            CURRENCY);

    private static final List<Field> PRODUCT_LINE = List.of(
            PRODUCT.get(0),
            PRODUCT.get(1),
            PRODUCT.get(2),
            PRODUCT.get(3),
            PRODUCT.get(4),
            PRODUCT.get(5),
            new Field("launched_at", TIMESTAMP, ""));

    private static final Field PRODUCTS = new Field(
            "products", new FieldType.Listing(new FieldType.Nested(new RecordType("Product", PRODUCT_LINE))), "");

    static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            new EventType(
                    "page_viewed",
                    List.of(
                            new Field("url", STRING, ""),
                            new Field("seconds", INTEGER, ""),
                            new Field("landing", BOOLEAN, "")),
                    true),
            new EventType("product_viewed", PRODUCT, true),
            new EventType(
                    "product_added",
                    List.of(
                            PRODUCT.get(0),
                            PRODUCT.get(1),
                            PRODUCT.get(2),
                            PRODUCT.get(3),
                            PRODUCT.get(4),
                            PRODUCT.get(5),
                            CURRENCY,
                            new Field("rank", INTEGER, ""),
                            new Field("gift", BOOLEAN, "")),
                    true),
            new EventType("product_removed", PRODUCT, true),
            new EventType(
                    "order_completed",
                    List.of(
                            new Field("order_id", STRING, ""),
                            new Field("total", DECIMAL, ""),
                            new Field("coupon", STRING, ""),
                            CURRENCY,
                            PRODUCTS),
                    true),
            new EventType(
                    "form_submitted",
                    List.of(
                            new Field("form", STRING, ""),
                            new Field("score", INTEGER, ""),
                            new Field("weight", DOUBLE, ""),
                            new Field("answers", new FieldType.Mapping(STRING), ""),
                            new Field("points", new FieldType.Mapping(INTEGER), "")),
                    true),
            new EventType(
                    "order_refunded",
                    List.of(new Field("order_id", STRING, ""), new Field("total", DECIMAL, ""), CURRENCY, PRODUCTS),
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

    private OracleShop() {}
}
