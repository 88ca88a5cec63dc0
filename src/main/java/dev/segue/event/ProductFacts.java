// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import dev.segue.event.FieldType.Scalar;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a product from an instant on.
 *
 * @param productId the shop's id of the product, as events name it
 * @param at from when on it is known, in milliseconds since the epoch; or {@link #SINCE_EVER}
 * @param fields of the type {@link #TYPE}; all unset if the product was withdrawn
 */
public record ProductFacts(String productId, long at, Fields fields) {
    /** The instant of what is known since nobody knows when. */
    public static final long SINCE_EVER = Long.MIN_VALUE;

    private static final String STOCK = "stock";
    private static final String SOLD_OUT_AT = "sold_out_at";
    private static final String RESTOCKED_AT = "restocked_at";

    /** What expressions read of a product. */
    public static final RecordType TYPE = new RecordType(
            "product_facts",
            List.of(
                    new Field("name", Scalar.STRING, "Name of the product."),
                    new Field("url", Scalar.STRING, "Address of its page."),
                    new Field("image", Scalar.STRING, "Address of a picture."),
                    new Field("category", Scalar.STRING, "Category of the product, as the shop calls it."),
                    new Field("price", Scalar.DECIMAL, "Price of one piece, in the shop's currency."),
                    new Field(STOCK, Scalar.INTEGER, "Pieces that can be sold now."),
                    new Field("launched_at", Scalar.TIMESTAMP, "When the product is or was first sold."),
                    new Field(SOLD_OUT_AT, Scalar.TIMESTAMP, "When the stock last fell to 0."),
                    new Field(RESTOCKED_AT, Scalar.TIMESTAMP, "When the stock last rose from 0.")));

    /** Returns facts that say nothing, because the product was withdrawn. */
    public static ProductFacts withdrawn(String productId, long at) {
        return new ProductFacts(productId, at, Fields.empty(TYPE));
    }

    /** Returns whether nothing is known of the product. */
    public boolean isWithdrawn() {
        return fields.equals(Fields.empty(TYPE));
    }

    /** Returns whether both say the same, whenever it became known. */
    public boolean says(ProductFacts other) {
        return fields.equals(other.fields);
    }

    /**
     * Returns these facts with the instants that follow from the facts before: when the product was last sold out, and when
     * it was last in stock again. A first stock is no return, and nothing is concluded from a stock that is not known. Of a
     * product that is withdrawn nothing remains known.
     *
     * @param before null if nothing was known of the product
     */
    public ProductFacts after(@Nullable ProductFacts before) {
        if (isWithdrawn()) {
            return this;
        }
        boolean wasSoldOut = before != null && before.isSoldOut();
        Object soldOutAt = before == null ? null : before.fields.get(SOLD_OUT_AT);
        Object restockedAt = before == null ? null : before.fields.get(RESTOCKED_AT);
        if (isSoldOut() && !wasSoldOut) {
            soldOutAt = instant();
        }
        if (wasSoldOut && fields.get(STOCK) instanceof Long pieces && pieces > 0) {
            restockedAt = instant();
        }
        @Nullable Object[] values = new Object[TYPE.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = fields.get(slot);
        }
        values[TYPE.slot(SOLD_OUT_AT)] = soldOutAt;
        values[TYPE.slot(RESTOCKED_AT)] = restockedAt;
        return new ProductFacts(productId, at, new Fields(TYPE, values));
    }

    /** Returns null if nobody knows since when. */
    private @Nullable Instant instant() {
        return at == SINCE_EVER ? null : Instant.ofEpochMilli(at);
    }

    private boolean isSoldOut() {
        return fields.get(STOCK) instanceof Long pieces && pieces == 0;
    }
}
