// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.output.TriggerDecisionCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Where an operator sees which letters wait or are parked, and asks running instances for something. Nothing here changes a
 * letter: whoever owns its partition does, as soon as it runs.
 */
public final class LetterDesk {
    private final Settings settings;

    /** @throws CannotStart if Kafka does not answer, or nothing was ever delivered */
    public LetterDesk(Settings settings) {
        this.settings = settings;
        ClusterDoor.requireTopic(settings, settings.topics().names().activations());
        try (LetterReader reader = reader()) {
            if (reader.partitions().isEmpty()) {
                throw new CannotStart(
                        "There is no topic " + settings.topics().names().deliveries() + " at "
                                + settings.bootstrapServers() + "; 'segue deliver' creates it at its first start.");
            }
        }
    }

    /**
     * A letter.
     *
     * @param parked false if it waits
     * @param attempts that have failed
     * @param at when that was written
     * @param nextAt when the next attempt is due; null if it is parked
     * @param reason why it waits or is parked
     * @param decision null if it cannot be read
     */
    public record Shown(
            String endpoint,
            String id,
            boolean parked,
            int attempts,
            Instant at,
            @Nullable Instant nextAt,
            String reason,
            @Nullable TriggerDecision decision) {}

    /**
     * What was found.
     *
     * @param switchedOff names of endpoints that are switched off for some partitions, or all
     */
    public record Found(List<Shown> letters, Set<String> switchedOff) {}

    /**
     * Reads the topic once.
     *
     * @param endpoint only letters to this one; null for all
     */
    public Found read(@Nullable String endpoint) {
        TriggerDecisionCodec codec = new TriggerDecisionCodec(
                Registries.withoutBudget(settings), settings.topics().names().activations());
        List<Shown> letters = new ArrayList<>();
        Set<String> off = new TreeSet<>();
        try (LetterReader reader = reader()) {
            for (int partition : reader.partitions()) {
                Map<String, LetterTopic.Entry> latest = new HashMap<>();
                reader.readAll(
                        partition,
                        record -> LetterTopic.read(record)
                                .filter(entry ->
                                        endpoint == null || entry.endpoint().equals(endpoint))
                                .ifPresent(entry -> latest.put(record.key(), entry)));
                for (LetterTopic.Entry entry : latest.values()) {
                    shown(entry, codec).ifPresent(letters::add);
                    if (entry.isSwitchedOff()) {
                        off.add(entry.endpoint());
                    }
                }
            }
        } catch (KafkaException failure) {
            throw new CannotStart("The letters cannot be read: " + Failures.sentence(failure), failure);
        }
        return new Found(letters, off);
    }

    private static Optional<Shown> shown(LetterTopic.Entry entry, TriggerDecisionCodec codec) {
        boolean parked = entry.state() == LetterTopic.State.PARKED;
        if (!parked && entry.state() != LetterTopic.State.WAITING) {
            return Optional.empty();
        }
        TriggerDecision decision = null;
        try {
            decision = codec.decode(entry.written().value());
        } catch (BadRecord foreign) {
            // Shown without what the decision says.
        }
        return Optional.of(new Shown(
                entry.endpoint(),
                entry.id(),
                parked,
                entry.attempts(),
                Instant.ofEpochMilli(entry.at()),
                parked ? null : Instant.ofEpochMilli(entry.nextAt()),
                entry.reason(),
                decision));
    }

    /**
     * Asks that the parked letters of endpoints are sent again.
     *
     * @throws CannotStart if the request cannot be written
     */
    public void redrive(Collection<String> endpoints) {
        request(endpoints, LetterTopic.REDRIVE);
    }

    /**
     * Asks that an endpoint takes letters again that has answered 410 Gone.
     *
     * @throws CannotStart if the request cannot be written
     */
    public void switchOn(String endpoint) {
        request(List.of(endpoint), LetterTopic.SWITCH_ON);
    }

    private void request(Collection<String> endpoints, String name) {
        String topic = settings.topics().names().deliveries();
        Map<String, Object> properties = StreamsProperties.idempotentWriter(settings, new LinkedHashMap<>());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (LetterReader reader = reader();
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (int partition : reader.partitions()) {
                endpoints.forEach(
                        endpoint -> sent.add(producer.send(LetterTopic.request(topic, partition, endpoint, name))));
            }
            for (Future<RecordMetadata> one : sent) {
                var unused = one.get();
            }
        } catch (ExecutionException | KafkaException failure) {
            throw new CannotStart("The request cannot be written: " + Failures.sentence(failure), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted before the request was written.");
        }
    }

    private LetterReader reader() {
        return new LetterReader(settings, settings.topics().names().deliveries());
    }
}
