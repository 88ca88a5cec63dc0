// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

/** Names of the event types that Segue itself interprets. All other types only have the meaning that definitions give them. */
public final class EventNames {
    public static final String PAGE_VIEWED = "page_viewed";
    public static final String FORM_STARTED = "form_started";
    public static final String FORM_SUBMITTED = "form_submitted";
    public static final String PRODUCT_VIEWED = "product_viewed";
    public static final String PRODUCT_ADDED = "product_added";
    public static final String PRODUCT_REMOVED = "product_removed";
    public static final String ORDER_COMPLETED = "order_completed";
    public static final String ORDER_REFUNDED = "order_refunded";
    public static final String ORDER_CANCELLED = "order_cancelled";
    public static final String PROFILE_UPDATED = "profile_updated";

    /** Erases the customer. */
    public static final String CUSTOMER_ERASED = "customer_erased";

    /** Links the event's {@code anonymous_id} to the customer. */
    public static final String CUSTOMER_IDENTIFIED = "customer_identified";

    /** Links another customer id. */
    public static final String CUSTOMERS_MERGED = "customers_merged";

    private EventNames() {}
}
