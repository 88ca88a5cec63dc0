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
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running collector. Safe for several threads. */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** How long a connection may be open without a request. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final CollectorServer server;
    private final KafkaStorage storage;
    private final CountDownLatch closed = new CountDownLatch(1);

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
     * @throws InvalidSettings with every problem of the mapping, or if there is no write key
     * @throws CannotStart if Kafka or the registry does not answer, topics are missing, or the
     *     port cannot be opened
     */
    public static Collector open(Settings settings, InstantSource clock, MeterRegistry meters)
            throws InvalidSchemas, InvalidSettings {
        CollectorSettings collector = settings.collector();
        if (collector.keys().isEmpty()) {
            throw new InvalidSettings(List.of("The collector has no write key: add one under 'collector.keys'."));
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
     * Reads the mapping before anything else is started.
     *
     * @throws InvalidSchemas with every problem of all event schemas
     * @throws InvalidSettings with every problem of the mapping
     */
    public static void requireMapping(Settings settings) throws InvalidSchemas, InvalidSettings {
        var unused = mapper(settings, EventSchemas.read(settings.schemas().resolve("events")));
    }

    /**
     * The mapping of messages that the settings name.
     *
     * @throws InvalidSettings if it cannot be read, or with every problem of it
     */
    public static MessageMapper mapper(Settings settings, EventSchemas schemas) throws InvalidSettings {
        Path file = settings.collector().mapping();
        try {
            return MessageMapper.read(file, schemas.vocabulary(), settings.limits());
        } catch (NoSuchFileException missing) {
            throw invalid("There is no file '" + file + "', which 'collector.mapping' names.", missing);
        } catch (CharacterCodingException foreign) {
            throw invalid("The mapping '" + file + "' of 'collector.mapping' is not UTF-8 text.", foreign);
        } catch (IOException unreadable) {
            throw invalid(
                    "The mapping '" + file + "' of 'collector.mapping' cannot be read: " + unreadable.getMessage(),
                    unreadable);
        } catch (InvalidMapping problems) {
            throw invalid(String.valueOf(problems.getMessage()), problems);
        } catch (IllegalArgumentException unfit) {
            throw invalid(
                    "The mapping '" + file + "' of 'collector.mapping' does not fit: " + unfit.getMessage(), unfit);
        }
    }

    private static InvalidSettings invalid(String problem, Exception cause) {
        InvalidSettings invalid = new InvalidSettings(List.of(problem));
        invalid.initCause(cause);
        return invalid;
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

    /** Waits until it has been closed. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Stops taking requests, and waits a few seconds for what Kafka has not acknowledged yet. May be called twice. */
    @Override
    public void close() {
        server.close();
        storage.close();
        closed.countDown();
    }
}
