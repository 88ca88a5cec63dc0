// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Range checks for event times, shared by the decoder, JSON lines and mappings. */
public final class EventInstant {
    /** The first instant of the year 9999, in milliseconds since the epoch; event times must be earlier. */
    private static final long END = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    private static final long YEAR_1 = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private EventInstant() {}

    /**
     * The instant of {@code occurred_at}.
     *
     * @param epochMillis after 1970-01-01T00:00:00Z (an unset clock yields 0) and before the year 9999; {@link
     *     Acceptance} requires more
     * @throws BadRecord IMPOSSIBLE_TIME
     */
    public static Instant of(long epochMillis) throws BadRecord {
        if (epochMillis <= 0 || epochMillis >= END) {
            throw impossible(epochMillis + " ms since 1970", EpochUnit.hint(BigDecimal.valueOf(epochMillis)));
        }
        return Instant.ofEpochMilli(epochMillis);
    }

    /**
     * @param shown the time as shown in the message
     * @param hint the unit that is probably meant; may be empty
     */
    static BadRecord impossible(String shown, String hint) {
        return new BadRecord(
                Reason.IMPOSSIBLE_TIME,
                "occurred_at is " + shown + ", which is not a time after 1970-01-01T00:00:00Z and before the year 9999"
                        + hint);
    }

    /**
     * The instant of any other field of an event.
     *
     * @param epochMillis in the years 1 to 9998
     * @param field its name in messages
     * @throws BadRecord WRONG_TYPE
     */
    static Instant ofField(long epochMillis, String field) throws BadRecord {
        if (epochMillis < YEAR_1 || epochMillis >= END) {
            throw new BadRecord(
                    Reason.WRONG_TYPE,
                    field + " is " + epochMillis + " ms since 1970, which is not in the years 1 to 9998");
        }
        return Instant.ofEpochMilli(epochMillis);
    }

    /**
     * Rejects an event whose time is further ahead of its record's timestamp than allowed.
     *
     * @param recordTimestamp of the Kafka record, in milliseconds since the epoch
     * @param tolerance how far clocks may differ; an event exactly that far ahead is accepted
     * @throws BadRecord IMPOSSIBLE_TIME
     */
    public static void requireNotAhead(Event event, long recordTimestamp, Duration tolerance) throws BadRecord {
        if (recordTimestamp < 0) {
            throw new BadRecord(
                    Reason.IMPOSSIBLE_TIME, "the record's timestamp is " + recordTimestamp + ", which is not a time");
        }
        if (event.time() - recordTimestamp > tolerance.toMillis()) {
            throw new BadRecord(
                    Reason.IMPOSSIBLE_TIME,
                    "occurred_at " + Instant.ofEpochMilli(event.time()) + " is more than " + tolerance
                            + " after the record's timestamp " + Instant.ofEpochMilli(recordTimestamp));
        }
    }
}
