// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.Admission;
import dev.segue.topology.DeadLetter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters that would now be accepted back to the events topic: with their own key, timestamp and bytes, to
 * their own partition. Event and mark (see {@link DeadLetter}) are one transaction, so a letter is sent back once,
 * whatever fails and however often this runs.
 */
public final class Redrive implements AutoCloseable {
    /** The number of letters in one transaction. */
    private static final int BATCH = 500;

    private final Settings settings;
    private final Admission admission;
    private final @Nullable KafkaProducer<byte[], byte[]> producer;
    private final TreeMap<String, Long> stillBad = new TreeMap<>();
    private long sent;
    private long cut;
    private long before;
    private long elsewhere;
    private int underWay;

    private Redrive(Settings settings, Admission admission, @Nullable KafkaProducer<byte[], byte[]> producer) {
        this.settings = settings;
        this.admission = admission;
        this.producer = producer;
    }

    /**
     * The outcome for the selected letters.
     *
     * @param sent sent back or, in a dry run, would be sent back
     * @param before sent back by an earlier run
     * @param cut too long to be kept whole, so that they cannot be sent back
     * @param elsewhere rejected from another topic than the events topic
     * @param stillBad still rejected, by today's reason
     */
    public record Result(long sent, long before, long cut, long elsewhere, Map<String, Long> stillBad) {
        public Result {
            stillBad = Map.copyOf(stillBad);
        }
    }

    /**
     * Sends back the letters that are accepted now.
     *
     * @param reason only letters that were rejected for it; null for all
     * @param since only letters that were rejected at this instant or later; null for all
     * @param rehearsal if true, only counts and sends nothing
     * @throws CannotStart if the cluster or the registry cannot be used, or another redrive has started meanwhile;
     *     letters sent before that stay sent and marked
     */
    public static Result run(Settings settings, @Nullable String reason, @Nullable Instant since, boolean rehearsal)
            throws InterruptedException, InvalidSchemas, IOException {
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        SchemaRegistry registry = Registries.withoutBudget(settings);
        meet(registry, settings);
        Admission admission = new Admission(new EventDecoder(schemas, registry), settings.limits());
        try (Redrive redrive = new Redrive(settings, admission, rehearsal ? null : producer(settings))) {
            // Opened after the producer has fenced any earlier redrive, so that all its marks are visible.
            try (DeadLetters letters = DeadLetters.open(settings, since)) {
                letters.forEach(found -> {
                    if (reason == null || reason.equals(found.letter().reason())) {
                        redrive.consider(found);
                    }
                });
            }
            redrive.commit();
            return redrive.result();
        } catch (ProducerFencedException other) {
            throw new CannotStart("Another redrive has started; this one ends and leaves the remaining letters to it.");
        } catch (KafkaException failure) {
            throw new CannotStart("The remaining letters were not sent back: " + Failures.sentence(failure), failure);
        }
    }

    /**
     * Resolves a schema that the processor has registered: if that fails, the registry rejects everything, not just one
     * id.
     */
    private static void meet(SchemaRegistry registry, Settings settings) {
        try {
            SchemaRegistry.Registered unused =
                    registry.latest(settings.topics().names().changes() + "-value");
        } catch (RegistryException.NotFound never) {
            // No processor has run with this registry yet.
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Settings settings) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                StreamsProperties.writer(settings, settings.applicationId() + "-redrive"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (KafkaException failure) {
            producer.close();
            throw Failures.atStart(failure, settings.bootstrapServers(), 60);
        }
    }

    private void consider(DeadLetters.Found found) {
        DeadLetter letter = found.letter();
        if (found.sentBack()) {
            before++;
        } else if (!letter.topic().equals(settings.topics().names().behaviorEvents())) {
            elsewhere++;
        } else if (letter.isCut()) {
            cut++;
        } else if (passes(letter)) {
            if (producer != null) {
                send(found, producer);
            }
            sent++;
        }
    }

    private boolean passes(DeadLetter letter) {
        try {
            Objects.requireNonNull(admission.admit(letter.key(), letter.value(), letter.timestamp()));
            return true;
        } catch (BadRecord bad) {
            stillBad.merge(bad.reason().label(), 1L, Long::sum);
            return false;
        }
    }

    private void send(DeadLetters.Found found, KafkaProducer<byte[], byte[]> to) {
        DeadLetter letter = found.letter();
        if (underWay == 0) {
            to.beginTransaction();
        }
        // A failure of either aborts the transaction; the commit then throws.
        var unusedEvent = to.send(new ProducerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.timestamp(),
                letter.key(),
                letter.value(),
                letter.headersToSendBack(found.partition(), found.offset())));
        var unusedMark = to.send(new ProducerRecord<>(
                settings.topics().names().deadLetters(),
                found.partition(),
                null,
                null,
                null,
                DeadLetter.markOf(found.offset())));
        underWay++;
        if (underWay == BATCH) {
            commit();
        }
    }

    private void commit() {
        if (producer != null && underWay > 0) {
            producer.commitTransaction();
            underWay = 0;
        }
    }

    private Result result() {
        return new Result(sent, before, cut, elsewhere, stillBad);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
