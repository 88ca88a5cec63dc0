// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Decisions as a trigger would make them.
 *
 * @param at when it was decided
 * @param ttl from then until it expires
 */
public record Decisions(
        String customer,
        String activation,
        Kind kind,
        String channel,
        Instant at,
        Duration ttl,
        Map<String, Object> payload) {
    public static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");

    public static Decisions send(String customer, String activation) {
        return new Decisions(customer, activation, Kind.SEND, "email", AT, Duration.ofDays(1), Map.of());
    }

    public static Decisions cancelled(String customer, String activation) {
        return send(customer, activation).of(Kind.CANCELLED);
    }

    public Decisions of(Kind value) {
        return new Decisions(customer, activation, value, channel, at, ttl, payload);
    }

    public Decisions on(String value) {
        return new Decisions(customer, activation, kind, value, at, ttl, payload);
    }

    public Decisions at(Instant value) {
        return new Decisions(customer, activation, kind, channel, value, ttl, payload);
    }

    public Decisions expiresAfter(Duration value) {
        return new Decisions(customer, activation, kind, channel, at, value, payload);
    }

    public Decisions with(Map<String, Object> value) {
        return new Decisions(customer, activation, kind, channel, at, ttl, value);
    }

    public TriggerDecision decision() {
        return new TriggerDecision(
                activation + "-" + kind,
                activation,
                customer,
                "cart-reminder",
                "1",
                channel,
                "cart-abandoned",
                "change-of-" + activation,
                kind,
                true,
                at,
                at,
                at,
                null,
                at.plus(ttl),
                "the condition holds",
                null,
                null,
                payload);
    }
}
