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
    ORDERS(22, null),

    // What came of a trigger, by arm and day of the sending; see OutcomeCounts, which finds them by these names.
    TREATMENT_SENT(23, null),
    TREATMENT_GOAL(24, null),
    TREATMENT_VALUE(25, null),
    TREATMENT_UNSUBSCRIBED(26, null),
    TREATMENT_COMPLAINED(27, null),
    CONTROL_SENT(28, null),
    CONTROL_GOAL(29, null),
    CONTROL_VALUE(30, null),
    CONTROL_UNSUBSCRIBED(31, null),
    CONTROL_COMPLAINED(32, null),
    MIXED_SENT(33, null),
    MIXED_GOAL(34, null),
    MIXED_VALUE(35, null),
    MIXED_UNSUBSCRIBED(36, null),
    MIXED_COMPLAINED(37, null),

    // What a trigger decided, by day of the decision.
    DECIDED_SEND(38, null),
    DECIDED_HELD_OUT(39, null),
    DECIDED_WAITING(40, null),
    DECIDED_QUIET(41, null),
    DECIDED_NO_CONSENT(42, null),
    DECIDED_OUTRANKED(43, null),
    DECIDED_CAPPED(44, null),
    DECIDED_CANCELLED(45, null),
    DECIDED_EXPIRED(46, null),
    DECIDED_GOAL(47, null),
    DECIDED_NO_GOAL(48, null);

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

    /** Returns whether it is a sum of quantities or values, which are counted in millionths, so that no cent gets lost. */
    public boolean isQuantity() {
        return switch (this) {
            case ADDED, ORDERED, RETURNED, TREATMENT_VALUE, CONTROL_VALUE, MIXED_VALUE -> true;
            default -> false;
        };
    }

    public static Measure members(WindowSize size) {
        return size == WindowSize.HOUR ? HOUR_MEMBERS : DAY_MEMBERS;
    }

    public static Measure partitions(WindowSize size) {
        return size == WindowSize.HOUR ? HOUR_PARTITIONS : DAY_PARTITIONS;
    }
}
