// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Partitioner;
import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.Admission;
import dev.segue.topology.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final LetterMapping messages;
    private final EventEncoder encoder;
    private final @Nullable KafkaProducer<byte[], byte[]> producer;
    private final TreeMap<String, Long> stillBad = new TreeMap<>();
    private long sent;
    private long cut;
    private long before;
    private long elsewhere;
    private int underWay;

    private Redrive(
            Settings settings,
            Admission admission,
            LetterMapping messages,
            EventEncoder encoder,
            @Nullable KafkaProducer<byte[], byte[]> producer) {
        this.settings = settings;
        this.admission = admission;
        this.messages = messages;
        this.encoder = encoder;
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
     * @param messages maps the collector's letters
     * @throws CannotStart if the cluster or the registry cannot be used, or another redrive has started meanwhile;
     *     letters sent before that stay sent and marked
     */
    public static Result run(
            Settings settings,
            @Nullable String reason,
            @Nullable Instant since,
            boolean rehearsal,
            LetterMapping messages)
            throws InterruptedException, InvalidSchemas, IOException {
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        SchemaRegistry registry = Registries.withoutBudget(settings);
        meet(registry, settings);
        Admission admission = new Admission(new EventDecoder(schemas, registry), settings.limits());
        EventEncoder encoder = new EventEncoder(schemas, registry);
        try (Redrive redrive =
                new Redrive(settings, admission, messages, encoder, rehearsal ? null : producer(settings))) {
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
        } else {
            try {
                List<ProducerRecord<byte[], byte[]>> records =
                        letter.sender().isPresent() ? ofMessage(found) : List.of(ofRecord(found));
                if (producer != null) {
                    send(found, records, producer);
                }
                sent++;
            } catch (BadRecord bad) {
                stillBad.merge(bad.reason().label(), 1L, Long::sum);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> ofRecord(DeadLetters.Found found) throws BadRecord {
        DeadLetter letter = found.letter();
        Objects.requireNonNull(admission.admit(letter.key(), letter.value(), letter.timestamp()));
        return new ProducerRecord<>(
                letter.topic(),
                letter.partition(),
                letter.timestamp(),
                letter.key(),
                letter.value(),
                letter.headersToSendBack(found.partition(), found.offset()));
    }

    /** The events that a message of the collector becomes today; none if the mapping ignores it now. */
    private List<ProducerRecord<byte[], byte[]>> ofMessage(DeadLetters.Found found) throws BadRecord {
        DeadLetter letter = found.letter();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Event event : messages.events(letter)) {
            byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
            records.add(new ProducerRecord<>(
                    letter.topic(),
                    partition(letter.topic(), key),
                    letter.timestamp(),
                    key,
                    encoder.encode(event),
                    letter.headersToSendBack(found.partition(), found.offset())));
        }
        return records;
    }

    /** Null leaves the choice to the producer, which uses murmur2. */
    private @Nullable Integer partition(String topic, byte[] key) {
        Partitioner partitioner = settings.topics().partitioner();
        return producer == null || partitioner == Partitioner.MURMUR2
                ? null
                : partitioner.partition(key, producer.partitionsFor(topic).size());
    }

    private void send(
            DeadLetters.Found found, List<ProducerRecord<byte[], byte[]>> records, KafkaProducer<byte[], byte[]> to) {
        if (underWay == 0) {
            to.beginTransaction();
        }
        // A failure of any aborts the transaction; the commit then throws.
        for (ProducerRecord<byte[], byte[]> record : records) {
            var unusedEvent = to.send(record);
        }
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
