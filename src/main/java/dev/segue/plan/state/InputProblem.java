// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Locale;

/**
 * Something in an applied event that could not be used as it was sent: a default stood in for it, or a part of the event
 * was ignored.
 *
 * @param value the offending text, shortened to {@value #LONGEST} characters; empty where something was missing
 */
public record InputProblem(Kind kind, String value) {
    /** So many characters of the offending text are kept. */
    static final int LONGEST = 60;

    public InputProblem {
        value = value.length() <= LONGEST ? value : value.substring(0, LONGEST - 3) + "...";
    }

    /** What was replaced or ignored. An event counts at most once for each. */
    public enum Kind {
        /** The event's {@code timezone} names no time zone: the configured one was used. */
        UNKNOWN_TIME_ZONE,
        /** A date that definitions read is not written as YYYY-MM-DD or MM-DD: it is never upcoming. */
        UNREADABLE_DATE,
        /** A cart event names no product: the cart stayed as it was. */
        CART_WITHOUT_PRODUCT,
        /** A refund or cancellation names no order: nothing was taken back. */
        REFUND_WITHOUT_ORDER,
        /** A refund names a product by neither id nor sku: that part of it gave no units back. */
        REFUND_WITHOUT_PRODUCT,
        /** {@code cleared} names a field that a profile does not have: nothing was cleared. */
        UNKNOWN_CLEARED_FIELD,
        /** Money in a currency without a rate: every amount of the event counted as unset. */
        OTHER_CURRENCY;

        /** For metrics: {@code unknown_time_zone}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
