// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.collector.message.MessageMapper;
import dev.segue.config.CollectorSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running collector. Safe for several threads. */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** How long a connection may be open without a request. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final CollectorServer server;
    private final KafkaStorage storage;

    private Collector(CollectorServer server, KafkaStorage storage) {
        this.server = server;
        this.storage = storage;
    }

    /**
     * Connects to Kafka and opens the port.
     *
     * @param clock the time of receipt, to which the times of messages are corrected
     * @param meters registry for the counters
     * @throws InvalidSchemas with every problem of all event schemas
     * @throws CannotStart if the mapping is invalid, Kafka or the registry does not answer, topics are missing, or the
     *     port cannot be opened
     */
    public static Collector open(Settings settings, InstantSource clock, MeterRegistry meters) throws InvalidSchemas {
        CollectorSettings collector = settings.collector();
        if (collector.keys().isEmpty()) {
            throw new CannotStart("The collector has no write key: add one under 'collector.keys'.");
        }
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        MessageMapper mapper = mapper(settings, schemas);
        TopicNames topics = settings.topics().names();
        ClusterDoor.requireTopic(settings, topics.behaviorEvents());
        ClusterDoor.requireTopic(settings, topics.deadLetters());
        EventEncoder encoder = encoder(schemas, Registries.of(settings));
        CollectorMeters counts = new CollectorMeters(meters);
        KafkaStorage storage = KafkaStorage.open(settings, System::nanoTime);
        counts.pending(storage::pending);
        try {
            Intake intake = new Intake(mapper, encoder, storage, topics, clock, System::nanoTime, counts);
            Senders senders = new Senders(collector.keys(), System.nanoTime());
            BodyRoom room = new BodyRoom(BodyRoom.USUAL);
            CollectorServer server = CollectorServer.open(
                    collector,
                    IDLE,
                    watch -> new CollectorHandler(
                            senders, intake, counts, watch, collector.publicUrl(), CollectorHandler.LONGEST_BODY, room),
                    System::nanoTime);
            if (collector.openToNetwork()) {
                LOG.warn(
                        "the collector listens on {} in plain HTTP: something in front of it must do TLS",
                        server.address());
            }
            return new Collector(server, storage);
        } catch (CannotStart failure) {
            storage.close();
            throw failure;
        }
    }

    /**
     * The mapping of messages that the settings name.
     *
     * @throws CannotStart if it cannot be read, with every problem
     */
    public static MessageMapper mapper(Settings settings, EventSchemas schemas) {
        try {
            return MessageMapper.read(settings.collector().mapping(), schemas.vocabulary(), settings.limits());
        } catch (IOException unreadable) {
            throw new CannotStart(
                    "The mapping " + settings.collector().mapping() + " of 'collector.mapping' cannot be read: "
                            + unreadable.getMessage(),
                    unreadable);
        } catch (InvalidMapping | IllegalArgumentException invalid) {
            throw new CannotStart("The mapping of 'collector.mapping' is invalid: " + invalid.getMessage(), invalid);
        }
    }

    /** Registers every event type now, so that the first message of a type does not wait for the registry. */
    private static EventEncoder encoder(EventSchemas schemas, SchemaRegistry registry) {
        EventEncoder encoder = new EventEncoder(schemas, registry);
        try {
            encoder.registerAll();
            return encoder;
        } catch (RegistryException refusal) {
            throw new CannotStart(Failures.sentence(refusal), refusal);
        }
    }

    /** The address of the open port. */
    public URI address() {
        return server.address();
    }

    /** True unless Kafka has just failed to answer. */
    public boolean isAvailable() {
        return storage.isAvailable();
    }

    /** Stops taking requests, and waits a few seconds for what Kafka has not acknowledged yet. */
    @Override
    public void close() {
        server.close();
        storage.close();
    }
}
