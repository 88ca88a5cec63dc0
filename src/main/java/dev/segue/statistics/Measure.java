// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import org.jspecify.annotations.Nullable;

/** What is counted of a subject. */
public enum Measure {
    /** Members at the end of the hour; see {@link SegmentSizes}. */
    HOUR_MEMBERS(1, WindowSize.HOUR),
    /** Partitions that have reported the members of the hour. */
    HOUR_PARTITIONS(2, WindowSize.HOUR),
    /** Members at the end of the day. */
    DAY_MEMBERS(3, WindowSize.DAY),
    /** Partitions that have reported the members of the day. */
    DAY_PARTITIONS(4, WindowSize.DAY),
    /** Customers who entered, by what they did or by time. */
    ENTERED(5, null),
    /** Customers who left, by what they did or by time. */
    EXITED(6, null),
    /** Members gained (negative: lost) by an edit of definitions or because two ids are one person. */
    ADJUSTED(7, null),

    /** Views of a page. */
    VIEWS(8, null),
    /** Sessions that saw the page. */
    VISITORS(9, null),
    /** Sessions whose last page it was. */
    EXITS(10, null),
    /** Sessions whose first page it was. */
    LANDINGS(11, null),
    /** Sessions that were a single view of the page. */
    BOUNCES(12, null),
    /** Orders within the sessions whose first page it was. */
    LANDING_ORDERS(13, null),

    /** Times that a form was begun. */
    STARTED(14, null),
    /** Times that it was sent. */
    SUBMITTED(15, null),
    /** Sessions that began it and did not send it afterwards. */
    ABANDONED(16, null),

    /** Views of a product, or of products of a category. */
    VIEWED(17, null),
    /** Units put into carts. */
    ADDED(18, null),
    /** Units ordered. */
    ORDERED(19, null),
    /** Units refunded. */
    RETURNED(20, null),

    /** Members gained at the end of this hour and of all later ones that are open; see {@link SegmentSizes#spread}. */
    MEMBERS_ONWARD(21, null),

    /** Orders that name the product, or a product of the category. */
    ORDERS(22, null);

    private static final Measure[] BY_CODE = byCode();

    private final int code;
    private final @Nullable WindowSize only;

    Measure(int code, @Nullable WindowSize only) {
        this.code = code;
        this.only = only;
    }

    private static Measure[] byCode() {
        Measure[] all = new Measure[values().length + 1];
        for (Measure measure : values()) {
            all[measure.code] = measure;
        }
        return all;
    }

    /** The number in the stored form. */
    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException if no measure has the number */
    public static Measure of(int code) {
        if (code < 1 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("there is no measure " + code);
        }
        return BY_CODE[code];
    }

    /** Returns whether windows of this size count it. */
    public boolean countsIn(WindowSize size) {
        return only == null || only == size;
    }

    /** Returns whether it is a sum of quantities, which are counted in millionths: some products are sold by weight. */
    public boolean isQuantity() {
        return this == ADDED || this == ORDERED || this == RETURNED;
    }

    public static Measure members(WindowSize size) {
        return size == WindowSize.HOUR ? HOUR_MEMBERS : DAY_MEMBERS;
    }

    public static Measure partitions(WindowSize size) {
        return size == WindowSize.HOUR ? HOUR_PARTITIONS : DAY_PARTITIONS;
    }
}
