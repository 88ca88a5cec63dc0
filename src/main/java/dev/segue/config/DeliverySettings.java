// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * What {@code segue deliver} sends, and where to.
 *
 * @param retries pauses between two attempts, in order, each 1 ms to 7 d, at most 50; after the last one a letter is parked
 * @param waitingMebibytes the most memory for letters of one endpoint that wait, 1 to 4096; beyond it, no further decision is read
 * @param mostParked the most letters of one endpoint that an instance parks, 1 to 10 000 000; beyond it, no further decision is read
 * @param endpoints where to; their names differ
 */
public record DeliverySettings(
        List<Duration> retries, int waitingMebibytes, int mostParked, List<EndpointSettings> endpoints) {
    private static final int MOST_RETRIES = 50;

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public DeliverySettings {
        Checks checks = new Checks();
        checks.that(
                retries.size() <= MOST_RETRIES,
                "delivery.retries must hold at most %d pauses, not %d",
                MOST_RETRIES,
                retries.size());
        retries.forEach(pause -> checks.that(
                pause.compareTo(Duration.ofMillis(1)) >= 0 && pause.compareTo(Duration.ofDays(7)) <= 0,
                "delivery.retries must hold pauses from 1ms to 7d, not %s",
                DurationText.write(pause)));
        checks.within("delivery.waiting_mib", waitingMebibytes, 1, 4096);
        checks.within("delivery.most_parked", mostParked, 1, 10_000_000);
        checks.end();
        retries = List.copyOf(retries);
        endpoints = List.copyOf(endpoints);
    }

    /** No endpoints; the schedule that Standard Webhooks 1.0.0 suggests, which ends after 75 hours. */
    public static DeliverySettings defaults() {
        return new DeliverySettings(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)),
                64,
                100_000,
                List.of());
    }

    public DeliverySettings withRetries(List<Duration> value) {
        return new DeliverySettings(value, waitingMebibytes, mostParked, endpoints);
    }

    public DeliverySettings withEndpoints(List<EndpointSettings> value) {
        return new DeliverySettings(retries, waitingMebibytes, mostParked, value);
    }
}
