// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import dev.segue.event.FieldType.Scalar;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a product from an instant on.
 *
 * @param productId the shop's id of the product, as events name it
 * @param at from when on it is known, in milliseconds since the epoch; or {@link #SINCE_EVER}
 * @param fields of the type {@link #TYPE}; all unset if the product was withdrawn
 * @param variants what is known of single variants, such as sizes, by the name that events have as their variant or sku; of the
 *     type {@link #TYPE}, with no other fields than {@link #OF_VARIANTS} and the two that follow from the stock. A variant of
 *     which nothing is known is left out
 */
public record ProductFacts(String productId, long at, Fields fields, Map<String, Fields> variants) {
    /** The instant of what is known since nobody knows when. */
    public static final long SINCE_EVER = Long.MIN_VALUE;

    /** Variants of one product. */
    public static final int MOST_VARIANTS = 100;

    /** The fields that a shop may state of a variant. */
    public static final List<String> OF_VARIANTS = List.of("name", "url", "image", "price", "stock");

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

    private static final int STOCK_SLOT = TYPE.slot(STOCK);
    private static final int SOLD_OUT_SLOT = TYPE.slot(SOLD_OUT_AT);
    private static final int RESTOCKED_SLOT = TYPE.slot(RESTOCKED_AT);
    private static final Fields UNKNOWN = Fields.empty(TYPE);

    public ProductFacts {
        TreeMap<String, Fields> known = new TreeMap<>(variants);
        known.values().removeIf(UNKNOWN::equals);
        variants = known.isEmpty() ? Map.of() : Collections.unmodifiableMap(known);
    }

    /** Facts of a product without variants. */
    public ProductFacts(String productId, long at, Fields fields) {
        this(productId, at, fields, Map.of());
    }

    /** Returns facts that say nothing, because the product was withdrawn. */
    public static ProductFacts withdrawn(String productId, long at) {
        return new ProductFacts(productId, at, UNKNOWN);
    }

    /** Returns these facts as they are known from another instant on, in milliseconds since the epoch. */
    public ProductFacts from(long instant) {
        return new ProductFacts(productId, instant, fields, variants);
    }

    /** Returns whether nothing is known of the product. */
    public boolean isWithdrawn() {
        return fields.equals(UNKNOWN) && variants.isEmpty();
    }

    /** Returns whether both say the same, whenever it became known. */
    public boolean says(ProductFacts other) {
        return fields.equals(other.fields) && variants.equals(other.variants);
    }

    /**
     * Returns what is known of a variant: its own value, or else the product's. When it was sold out and in stock again
     * follows from its own stock, or from the product's if it has none.
     *
     * @param variant may be any text; with one that is no variant of the product, the product's value is returned
     * @param slot of the field in {@link #TYPE}
     * @return null if it is unset
     */
    public @Nullable Object get(String variant, int slot) {
        Fields own = variants.get(variant);
        if (own == null) {
            return fields.get(slot);
        }
        boolean follows = slot == SOLD_OUT_SLOT || slot == RESTOCKED_SLOT;
        boolean isOwn = own.get(follows ? STOCK_SLOT : slot) != null;
        return isOwn ? own.get(slot) : fields.get(slot);
    }

    /**
     * Returns these facts with the instants that follow from the facts before: when the product and each of its variants was
     * last sold out, and when it was last in stock again. A first stock is no return, and nothing is concluded from a stock
     * that is not known. Of a product that is withdrawn nothing remains known, nor of a variant whose stock is left out.
     *
     * @param before null if nothing was known of the product
     */
    public ProductFacts after(@Nullable ProductFacts before) {
        if (isWithdrawn()) {
            return this;
        }
        Map<String, Fields> following = new TreeMap<>(variants);
        following.replaceAll((name, own) ->
                own.get(STOCK_SLOT) == null ? own : after(before == null ? null : before.variants.get(name), own));
        return new ProductFacts(productId, at, after(before == null ? null : before.fields, fields), following);
    }

    private Fields after(@Nullable Fields before, Fields now) {
        boolean wasSoldOut = before != null && isSoldOut(before);
        Object soldOutAt = before == null ? null : before.get(SOLD_OUT_SLOT);
        Object restockedAt = before == null ? null : before.get(RESTOCKED_SLOT);
        if (isSoldOut(now) && !wasSoldOut) {
            soldOutAt = instant();
        }
        if (wasSoldOut && now.get(STOCK_SLOT) instanceof Long pieces && pieces > 0) {
            restockedAt = instant();
        }
        @Nullable Object[] values = new Object[TYPE.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = now.get(slot);
        }
        values[SOLD_OUT_SLOT] = soldOutAt;
        values[RESTOCKED_SLOT] = restockedAt;
        return new Fields(TYPE, values);
    }

    /** Returns null if nobody knows since when. */
    private @Nullable Instant instant() {
        return at == SINCE_EVER ? null : Instant.ofEpochMilli(at);
    }

    private static boolean isSoldOut(Fields fields) {
        return fields.get(STOCK_SLOT) instanceof Long pieces && pieces == 0;
    }
}
