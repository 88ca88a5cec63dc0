package dev.segue.topology;

import java.util.Locale;

/** Why a record is not an event. */
public enum DeadLetterReason {
    /** The key is missing, blank, too long or not UTF-8. */
    MISSING_CUSTOMER,
    /** The value does not decode to an event of a known type. */
    UNREADABLE,
    /** The event's time, or the record's own, cannot be. */
    IMPOSSIBLE_TIME;

    /** The name as headers and metrics spell it, such as {@code missing-customer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
