package dev.segue.serde.event;

/** How large an event may be, in whatever format it comes. What passes a limit is refused, never cut. */
public final class EventLimits {
    /** Bytes of one record on the wire, or characters of one line of JSON. */
    public static final int RECORD = 512 * 1024;

    /** Elements of all lists and maps of one event together. */
    public static final int ELEMENTS = 5_000;

    /** Characters of a customer's id or an event's id. */
    public static final int ID = 512;

    /** Records within records, in what the writer of an event has and we do not. */
    static final int DEPTH = 64;

    private EventLimits() {}
}
