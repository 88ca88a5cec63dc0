// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.runtime.Health;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.output.TriggerDecisionCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** One running instance that delivers, with a thread and a consumer group for each endpoint. Safe for several threads. */
public final class Delivery implements AutoCloseable {
    private final List<EndpointService> services;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Delivery(List<EndpointService> services) {
        this.services = List.copyOf(services);
    }

    /**
     * Begins to deliver.
     *
     * @param clock by which letters wait and expire
     * @param meters registry for the counters
     * @throws InvalidSettings with every problem of the files and templates that the endpoints name
     * @throws CannotStart if Kafka does not answer, or a topic is not as it must be
     */
    public static Delivery open(Settings settings, InstantSource clock, MeterRegistry meters) throws InvalidSettings {
        Map<EndpointSettings, Courier> couriers = Couriers.open(settings, clock);
        try {
            LetterTopic.createOrCheck(settings);
        } catch (CannotStart refusal) {
            couriers.values().forEach(Courier::close);
            throw refusal;
        }
        TriggerDecisionCodec codec = new TriggerDecisionCodec(
                Registries.of(settings), settings.topics().names().activations());
        List<EndpointService> services = new ArrayList<>();
        couriers.forEach((endpoint, courier) -> {
            DeliveryMeters counts = new DeliveryMeters(meters, endpoint.name());
            services.add(new EndpointService(
                    endpoint.name(),
                    courier,
                    () -> new EndpointSession(settings, endpoint, courier, codec, clock, counts)));
        });
        services.forEach(EndpointService::start);
        return new Delivery(services);
    }

    /** A check for each endpoint. */
    public List<Supplier<Health.Check>> checks() {
        return services.stream()
                .<Supplier<Health.Check>>map(service -> service::check)
                .toList();
    }

    /** Waits until it has been closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Waits for the attempts that are under way, and commits. May be called twice. */
    @Override
    public void close() {
        services.forEach(EndpointService::stop);
        services.forEach(EndpointService::close);
        closed.countDown();
    }
}
