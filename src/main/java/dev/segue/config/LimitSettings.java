// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;
import java.time.Instant;

/**
 * Limits for events and for a customer's state.
 *
 * @param customerIdBytes the longest customer id in UTF-8 bytes, 1 to 512; an event with a longer id is a dead letter
 * @param ahead how far an event's time may be after its record's timestamp, 1 s to 1 d; also how far a record's
 *     timestamp may be ahead of the broker
 * @param dedupWindow the number of latest events of a customer among which a repeated {@code event_id} is a duplicate,
 *     1 to 256; each takes six bytes of every customer's state
 * @param stateBytes the most bytes stored for one customer, 65 536 to 458 752: with one more event they still fit into
 *     a record of a broker with default limits; beyond it, Segue drops the older half of the largest aggregate
 * @param earliest events before this instant are dead letters, from 1970-01-01 on; such times come from a clock that
 *     was never set, or are in another unit
 * @param refusedIds placeholders that are not customer ids; an event with such an id is a dead letter
 */
public record LimitSettings(
        int customerIdBytes, Duration ahead, Instant earliest, int dedupWindow, int stateBytes, RefusedIds refusedIds) {
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public LimitSettings {
        Checks checks = new Checks();
        checks.within("limits.customer_id_bytes", customerIdBytes, 1, 512);
        checks.within("limits.ahead", ahead, Duration.ofSeconds(1), Duration.ofDays(1));
        checks.that(
                !earliest.isBefore(Instant.EPOCH), "limits.earliest must not be before 1970-01-01, not %s", earliest);
        checks.within("limits.dedup_window", dedupWindow, 1, 256);
        checks.within("limits.state_bytes", stateBytes, 1 << 16, 7 << 16);
        checks.end();
    }

    public static LimitSettings defaults() {
        return new LimitSettings(256, Duration.ofMinutes(5), YEAR_2000, 16, 400_000, RefusedIds.usual());
    }
}
