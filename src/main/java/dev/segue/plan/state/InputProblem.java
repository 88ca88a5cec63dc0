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
        /** {@code cleared} names a field that a profile does not have: nothing was cleared. */
        UNKNOWN_CLEARED_FIELD,
        /** Money in a currency without a rate: every amount of the event counted as unset. */
        OTHER_CURRENCY;

        /** Returns the label for metrics, such as {@code unknown_time_zone}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
