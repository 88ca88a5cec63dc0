// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

/** Limits on the size of an event, in any format. An event beyond a limit is rejected, never cut. */
public final class EventLimits {
    /** Bytes of one record on the wire, or characters of one line of JSON. */
    public static final int RECORD = 512 * 1024;

    /** Elements of all lists and maps of one event together. */
    public static final int ELEMENTS = 5_000;

    /** Characters of a customer's id or an event's id. */
    public static final int ID = 512;

    /** Nesting depth of records in the fields that the writer's schema has and Segue's schema lacks. */
    static final int DEPTH = 64;

    private EventLimits() {}
}
