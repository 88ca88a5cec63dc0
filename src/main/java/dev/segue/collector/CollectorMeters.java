// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Counts what becomes of requests and messages. Every message that could be told apart is counted once: stored, ignored,
 * dead-letter or refused.
 */
final class CollectorMeters {
    private final MeterRegistry registry;
    private final Timer acknowledgement;
    private final Counter events;
    private final Counter dropped;

    CollectorMeters(MeterRegistry registry) {
        this.registry = registry;
        this.acknowledgement = Timer.builder("segue.collector.acknowledgement")
                .description("Time from a whole body to the response, for requests that were stored")
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        this.events = Counter.builder("segue.collector.events")
                .description("Events written")
                .register(registry);
        this.dropped = Counter.builder("segue.collector.properties.dropped")
                .description("Properties and traits that limits kept out of events")
                .register(registry);
        // So that they exist before the first message.
        messages("none", Outcome.STORED, "", 0);
        request(200, 0);
    }

    enum Outcome {
        STORED,
        IGNORED,
        DEAD_LETTER,
        REFUSED;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    void pending(LongSupplier bytes) {
        Gauge.builder("segue.collector.pending.bytes", bytes, LongSupplier::getAsLong)
                .description("Bytes that Kafka has not acknowledged yet")
                .register(registry);
    }

    void request(int status) {
        request(status, 1);
    }

    private void request(int status, int count) {
        Counter.builder("segue.collector.requests")
                .description("Requests by the status of the response")
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment(count);
    }

    /** @param reason one word; empty for stored messages */
    void messages(String sender, Outcome outcome, String reason, int count) {
        Counter.builder("segue.collector.messages")
                .description("Messages by sender, outcome and reason")
                .tag("sender", sender)
                .tag("outcome", outcome.label())
                .tag("reason", reason)
                .register(registry)
                .increment(count);
    }

    void events(int count) {
        events.increment(count);
    }

    void dropped(int properties) {
        dropped.increment(properties);
    }

    void acknowledged(Duration took) {
        acknowledgement.record(took);
    }
}
