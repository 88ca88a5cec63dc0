package dev.segue.config;

import java.time.Duration;
import java.time.Instant;

/**
 * What is refused, and what is passed over.
 *
 * @param customerIdBytes the longest customer id in UTF-8, 1 to 512; a longer one is a dead letter
 * @param ahead how far an event's time may lie after its record's own timestamp, 1 s to 1 d; also how far a record's
 *     timestamp may run ahead of the broker
 * @param dedupWindow among how many of a customer's latest events an {@code event_id} that comes again is a duplicate,
 *     1 to 256; each takes six bytes of every customer's state
 * @param stateBytes how many bytes may be stored of one customer, 65 536 to 458 752: with one more event they still fit
 *     into a record of a broker with its usual limits; beyond, the older half goes of what takes the most
 * @param earliest events that happened before are dead letters, from 1970-01-01 on; such times are those of a clock that was
 *     never set, or in another unit
 * @param refusedIds customer ids that are no ids; an event of one is a dead letter
 */
public record LimitSettings(
        int customerIdBytes, Duration ahead, Instant earliest, int dedupWindow, int stateBytes, RefusedIds refusedIds) {
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");

    /** @throws IllegalArgumentException naming the value that is wrong */
    public LimitSettings {
        Check.within("limits.customer_id_bytes", customerIdBytes, 1, 512);
        Check.within("limits.ahead", ahead, Duration.ofSeconds(1), Duration.ofDays(1));
        Check.that(
                !earliest.isBefore(Instant.EPOCH), "limits.earliest must not be before 1970-01-01, not %s", earliest);
        Check.within("limits.dedup_window", dedupWindow, 1, 256);
        Check.within("limits.state_bytes", stateBytes, 1 << 16, 7 << 16);
    }

    public static LimitSettings defaults() {
        return new LimitSettings(256, Duration.ofMinutes(5), YEAR_2000, 16, 400_000, RefusedIds.usual());
    }
}
