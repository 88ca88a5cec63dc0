// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import dev.segue.event.TriggerDecision;
import java.time.Duration;
import java.util.Set;

/**
 * A service outside to which decisions of triggers are delivered.
 *
 * @param name 1 to 64 lower-case letters, digits, dashes or underscores; part of keys in topics and of metrics
 * @param channels the channels whose decisions go there; at least one
 * @param decisions the kinds of decisions that go there; at least one
 * @param rate the most attempts
 * @param concurrency the most attempts at a time, 1 to 256
 * @param timeout how long one attempt may take, 100 ms to 5 min
 * @param allowPrivate true if the address may be private, such as one of the own network
 * @param start where an endpoint begins that has never been delivered to
 * @param target how to reach it
 */
public record EndpointSettings(
        String name,
        Set<String> channels,
        Set<TriggerDecision.Kind> decisions,
        SendRate rate,
        int concurrency,
        Duration timeout,
        boolean allowPrivate,
        Start start,
        DeliveryTarget target) {
    /** By default. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** By default. */
    public static final int CONCURRENCY = 8;

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public EndpointSettings {
        String path = "delivery.endpoints." + name;
        Checks checks = new Checks();
        checks.that(
                name.matches("[a-z0-9_-]{1,64}"),
                "an endpoint's name must have 1 to 64 lower-case letters, digits, dashes or underscores, unlike '%s'",
                name);
        checks.that(!channels.isEmpty(), "%s.channels must name at least one channel", path);
        checks.that(!decisions.isEmpty(), "%s.decisions must name at least one kind, such as SEND", path);
        checks.within(path + ".concurrency", concurrency, 1, 256);
        checks.within(path + ".timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        checks.end();
        channels = Set.copyOf(channels);
        decisions = Set.copyOf(decisions);
    }

    /** Where an endpoint begins that has never been delivered to. */
    public enum Start {
        /** With the oldest decision of the topic. What has expired is not sent. */
        EARLIEST,
        /** With the next decision. */
        LATEST
    }

    /** True if such a decision is to be delivered here. */
    public boolean takes(TriggerDecision decision) {
        return channels.contains(decision.channel()) && decisions.contains(decision.kind());
    }

    /** True if the decision withdraws a letter that may wait here. */
    public boolean isWithdrawnBy(TriggerDecision decision) {
        return decision.kind() == TriggerDecision.Kind.CANCELLED && channels.contains(decision.channel());
    }
}
