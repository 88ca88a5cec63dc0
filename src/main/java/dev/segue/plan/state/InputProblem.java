// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Locale;

/**
 * A part of an applied event that could not be used as sent: a default replaced it, or it was ignored.
 *
 * @param value the offending text, shortened to {@value #LONGEST} characters; empty if something was missing
 */
public record InputProblem(Kind kind, String value) {
    /** The offending text is shortened to this many characters. */
    static final int LONGEST = 60;

    public InputProblem {
        value = value.length() <= LONGEST ? value : value.substring(0, LONGEST - 3) + "...";
    }

    /** The part that was replaced or ignored. An event counts at most once for each kind. */
    public enum Kind {
        /** The event's {@code timezone} names no time zone: the configured one was used. */
        UNKNOWN_TIME_ZONE,
        /** A date that definitions read is not written as YYYY-MM-DD or MM-DD: it is never upcoming. */
        UNREADABLE_DATE,
        /** A cart event names no product: the cart stayed as it was. */
        CART_WITHOUT_PRODUCT,
        /** A refund or cancellation names no order: the orders stayed as they were. */
        REFUND_WITHOUT_ORDER,
        /** A refund names a product by neither id nor sku: that product was ignored. */
        REFUND_WITHOUT_PRODUCT,
        /**
         * A refund or cancellation names an order that the customer does not have yet: it has an effect only if that
         * order follows. Counted only if definitions read orders.
         */
        REFUND_OF_UNKNOWN_ORDER,
        /**
         * No product of a refund is in its order: no units were taken. Counted only if definitions read orders.
         */
        REFUND_OF_UNKNOWN_PRODUCT,
        /**
         * An order was announced before with another total or other lines: the latest announcement replaced the
         * others. Counted only if definitions read orders.
         */
        CHANGED_ORDER,
        /** An order id is a placeholder such as {@code undefined}: all orders of the customer with it are one order. */
        PLACEHOLDER_ORDER_ID,
        /** A quantity below 0 in an order, a refund or a cart: it counted as unset. */
        NEGATIVE_QUANTITY,
        /**
         * A total below 0 of an order or a refund, or a price below 0 in a refund or a cart: it counted as sent. Lines
         * of orders may have prices below 0, because discounts are written like that.
         */
        NEGATIVE_AMOUNT,
        /** {@code cleared} names a field that a profile does not have: nothing was cleared. */
        UNKNOWN_CLEARED_FIELD,
        /** Money in a currency without a rate: every amount of the event counted as unset. */
        OTHER_CURRENCY,
        /** The customer has as many ids as allowed: the further one stayed a customer of its own. */
        TOO_MANY_IDS,
        /** A {@code customer_identified} has no {@code anonymous_id}, or a {@code customers_merged} no {@code other_id}. */
        LINK_WITHOUT_ID,
        /** A {@code customer_identified} or {@code customers_merged} names the id under which it was sent. */
        LINK_TO_ITSELF,
        /** An {@code anonymous_id} or {@code other_id} is a placeholder such as {@code undefined}: nothing was linked. */
        PLACEHOLDER_ID,
        /** An {@code anonymous_id} or {@code other_id} is longer than a customer's id may be: nothing was linked. */
        ID_TOO_LONG,
        /** An {@code anonymous_id} is a customer who has further ids: nothing was linked. */
        CUSTOMER_AS_DEVICE,
        /** The {@code survivor} of merged customers is neither of the two: the one that was seen first survived. */
        UNKNOWN_SURVIVOR;

        /** Returns the label for metrics, such as {@code unknown_time_zone}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
