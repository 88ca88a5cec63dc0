// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.delivery.payload.PayloadFailure;
import dev.segue.event.BadRecord;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.JsonLines;
import dev.segue.serde.output.TriggerDecisionCodec;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Shows what {@link Delivery} would send if it were started now: it sends, writes and commits nothing. */
public final class DryRun implements AutoCloseable {
    /** So many letters are held back until it is known whether they are cancelled later. */
    private static final int MOST_HELD = 10_000;

    private final Settings settings;
    private final InstantSource clock;
    private final Consumer<String> out;
    private final LetterReader letters;
    private final LetterReader decisions;
    private final TriggerDecisionCodec codec;
    private int shown;

    private DryRun(Settings settings, InstantSource clock, Consumer<String> out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
        this.letters = new LetterReader(settings, settings.topics().names().deliveries());
        this.decisions = new LetterReader(settings, settings.topics().names().activations());
        this.codec = new TriggerDecisionCodec(
                Registries.of(settings), settings.topics().names().activations());
    }

    /**
     * Passes on a JSON line for each letter that waits or was not read yet, in the order of sending for each customer.
     *
     * @return how many would be sent
     * @throws InvalidSettings as {@link Delivery#open}
     * @throws dev.segue.runtime.cluster.CannotStart if Kafka does not answer, or there are no decisions
     */
    public static int run(Settings settings, InstantSource clock, Consumer<String> out) throws InvalidSettings {
        Map<EndpointSettings, Courier> couriers = Couriers.open(settings, clock);
        ClusterDoor.requireTopic(settings, settings.topics().names().activations());
        try (DryRun run = new DryRun(settings, clock, out)) {
            couriers.forEach(run::show);
            return run.shown;
        } catch (KafkaException failure) {
            throw Failures.atStart(
                    failure,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        } finally {
            couriers.values().forEach(Courier::close);
        }
    }

    private void show(EndpointSettings endpoint, Courier courier) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(endpoint);
        boolean stored = !letters.partitions().isEmpty();
        for (int partition : new TreeSet<>(decisions.partitions())) {
            Map<String, TriggerDecision> held = new LinkedHashMap<>();
            if (stored) {
                letters.readAll(
                        partition,
                        record -> LetterTopic.read(record)
                                .filter(entry -> entry.endpoint().equals(endpoint.name()))
                                .ifPresent(entry -> hold(entry, held)));
            }
            OffsetAndMetadata from =
                    committed.get(new TopicPartition(settings.topics().names().activations(), partition));
            boolean begins = from == null && endpoint.start() == EndpointSettings.Start.LATEST;
            if (!begins) {
                decisions.readFrom(
                        partition, from == null ? 0 : from.offset(), record -> take(endpoint, courier, record, held));
            }
            held.forEach((id, decision) -> print(endpoint, courier, decision, id));
        }
    }

    private void hold(LetterTopic.Entry entry, Map<String, TriggerDecision> held) {
        held.remove(entry.id());
        if (entry.state() == LetterTopic.State.WAITING) {
            try {
                held.put(entry.id(), codec.decode(entry.written().value()));
            } catch (BadRecord foreign) {
                out.accept("a stored letter cannot be read: " + foreign.getMessage());
            }
        }
    }

    private void take(
            EndpointSettings endpoint,
            Courier courier,
            ConsumerRecord<String, byte[]> record,
            Map<String, TriggerDecision> held) {
        try {
            if (record.value() == null) {
                held.values().removeIf(letter -> letter.customerId().equals(record.key()));
                return;
            }
            TriggerDecision decision = codec.decode(record.value());
            if (endpoint.isWithdrawnBy(decision)) {
                held.remove(decision.activationId());
            }
            if (endpoint.takes(decision)) {
                held.put(Letter.idOf(decision), decision);
            }
            if (held.size() > MOST_HELD) {
                held.forEach((id, letter) -> print(endpoint, courier, letter, id));
                held.clear();
            }
        } catch (BadRecord bad) {
            out.accept("the record at partition " + record.partition() + ", offset " + record.offset()
                    + " is not a decision: " + bad.getMessage());
        }
    }

    private void print(EndpointSettings endpoint, Courier courier, TriggerDecision decision, String id) {
        boolean sends = decision.kind() == TriggerDecision.Kind.SEND;
        if (sends && decision.expiresAt() != null && !decision.expiresAt().isAfter(clock.instant())) {
            return;
        }
        try {
            out.accept(line(endpoint.name(), courier, decision, id));
            shown++;
        } catch (PayloadFailure failure) {
            out.accept("letter " + id + " to " + endpoint.name() + " would be parked: the payload cannot be computed: "
                    + failure.getMessage());
        }
    }

    static String line(String endpoint, Courier courier, TriggerDecision decision, String id) throws PayloadFailure {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("endpoint", endpoint);
        line.put("id", id);
        line.put("customer_id", decision.customerId());
        line.putAll(courier.preview(decision, id));
        return JsonLines.write(line);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(EndpointSettings endpoint) {
        String group = EndpointSession.group(settings, endpoint.name());
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw new KafkaException("the offsets of the group " + group + " cannot be read", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    @Override
    public void close() {
        letters.close();
        decisions.close();
    }
}
