// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

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
public final class ShopWords {
    static final RecordType PRODUCT = new RecordType(
            "Product",
            List.of(
                    new Field("product_id", STRING, ""),
                    new Field("price", DECIMAL, ""),
                    new Field("quantity", DOUBLE, "")));

    public static final Vocabulary VOCABULARY = new Vocabulary(List.of(
            new EventType(
                    "product_viewed",
                    List.of(
                            new Field("product_id", STRING, ""),
                            new Field("price", DECIMAL, ""),
                            new Field("quantity", DOUBLE, ""),
                            new Field("position", INTEGER, ""),
                            new Field("in_stock", BOOLEAN, ""),
                            new Field("launched_at", TIMESTAMP, ""),
                            new Field("answers", new FieldType.Mapping(STRING), "")),
                    true),
            new EventType(
                    "order_completed",
                    List.of(
                            new Field("order_id", STRING, ""),
                            new Field("total", DECIMAL, ""),
                            new Field("products", new FieldType.Listing(new FieldType.Nested(PRODUCT)), "")),
                    true),
            new EventType(
                    "profile_updated",
                    List.of(
                            new Field("birthday", STRING, ""),
                            new Field("age", INTEGER, ""),
                            new Field("tags", new FieldType.Mapping(STRING), ""),
                            new Field("cleared", new FieldType.Listing(STRING), "")),
                    false)));

    private ShopWords() {}
}
