// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what becomes of one endpoint's letters: of those read, each is delivered, expired or cancelled, waits, or is
 * parked. Safe for several threads.
 */
final class DeliveryMeters {
    private final MeterRegistry registry;
    private final String endpoint;
    private final Timer delay;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicLong off = new AtomicLong();

    DeliveryMeters(MeterRegistry registry, String endpoint) {
        this.registry = registry;
        this.endpoint = endpoint;
        this.delay = Timer.builder("segue.delivery.delay")
                .description("Time from a decision to its delivery")
                .tag("endpoint", endpoint)
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofDays(4))
                .register(registry);
        gauge("segue.delivery.waiting", "Letters that wait or are under way", waiting);
        gauge("segue.delivery.waiting.bytes", "Approximate memory of these letters", waitingBytes);
        gauge("segue.delivery.parked", "Letters that are kept until they are sent again by hand", parked);
        gauge("segue.delivery.under.way", "Attempts that have begun", underWay);
        gauge("segue.delivery.off", "1 if the endpoint is switched off, because it answered 410", off);
        // So that they exist before the first letter.
        for (Outcome outcome : Outcome.values()) {
            letters(outcome).increment(0);
        }
        attempt(Attempt.Result.FAILED, 0);
        lost(0);
    }

    /** What becomes of a letter. */
    enum Outcome {
        READ,
        DELIVERED,
        EXPIRED,
        CANCELLED,
        PARKED,
        /** A parked letter that is sent again. */
        REDRIVEN,
        /** A record that is not a decision. */
        UNREADABLE
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .tag("endpoint", endpoint)
                .register(registry);
    }

    private Counter letters(Outcome outcome) {
        return Counter.builder("segue.delivery.letters")
                .description("Letters by what became of them")
                .tag("endpoint", endpoint)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    void count(Outcome outcome) {
        letters(outcome).increment();
    }

    /** @param took from the decision to the answer */
    void delivered(Duration took) {
        count(Outcome.DELIVERED);
        delay.record(took.isNegative() ? Duration.ZERO : took);
    }

    void attempt(Attempt.Result result) {
        attempt(result, 1);
    }

    private void attempt(Attempt.Result result, int count) {
        Counter.builder("segue.delivery.attempts")
                .description("Attempts by their result")
                .tag("endpoint", endpoint)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(count);
    }

    /** @param count of partitions whose next decisions were deleted before they were read */
    void lost(int count) {
        Counter.builder("segue.delivery.gaps")
                .description("How often decisions were deleted before they were read")
                .tag("endpoint", endpoint)
                .register(registry)
                .increment(count);
    }

    void sizes(WaitingLetters letters, long parkedLetters, int attempts, boolean switchedOff) {
        waiting.set(letters.count());
        waitingBytes.set(letters.bytes());
        parked.set(parkedLetters);
        underWay.set(attempts);
        off.set(switchedOff ? 1 : 0);
    }
}
