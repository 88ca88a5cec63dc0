// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * What a customer did, as patterns see it: Flink's serializer for plain objects wants public fields.
 *
 * <p>A pattern begins with an event and cannot look behind it, so an act carries what it must know of the past.
 */
public final class CepAct {
    public static final long NEVER = Long.MIN_VALUE;

    public String customer = "";
    public long time;
    public String type = "";
    public boolean activity;
    public String product = "";

    /** Whether something is in the cart after it. */
    public boolean cartFilled;

    /** Whether a line was put into the cart or changed by it, and is still there. */
    public boolean cartTouched;

    /** Whether it ends an abandoned cart: a line was touched within the hour, or none is left. */
    public boolean cartEnds;

    /** As of this act; {@link #NEVER} where there was none. */
    public long lastView = NEVER;

    public long lastAdded = NEVER;
    public long lastOrder = NEVER;

    public CepAct() {}

    boolean is(String one) {
        return type.equals(one);
    }

    /** A product looked at by somebody who never ordered. */
    boolean isProspectsView() {
        return is("product_viewed") && lastOrder == NEVER && !product.isEmpty();
    }

    boolean isOrder() {
        return is("order_completed");
    }

    /** Whether products were looked at after the last one was added. */
    boolean isBrowsing() {
        return lastView > lastAdded;
    }
}
