// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Origin;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.topology.Placement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Requests the erasure of a customer, or of a customer's data of one origin, by sending an event to every partition of the
 * events topic.
 */
public final class Erasure {
    private static final long PATIENCE_SECONDS = 60;

    private Erasure() {}

    /**
     * The result of the request.
     *
     * @param partitions number of partitions that received the event
     * @param known true if the customer had a published profile; empty if that cannot be read
     */
    public record Requested(int partitions, Optional<Boolean> known) {}

    /**
     * Sends all events or none, to every partition, because the shop's own producers may use another partitioner. In
     * partitions without this customer, the event only keeps late events out.
     *
     * @param origin the origin whose data is erased; null to erase the customer
     * @param now when the customer is erased: the time of the events
     * @throws BadRecord if the id cannot be a customer's, or the vocabulary has no {@code customer_erased}
     * @throws CannotStart if the cluster cannot be used; nothing was sent then
     */
    public static Requested request(
            Settings settings, String customerId, @Nullable Origin origin, @Nullable String reason, Instant now)
            throws BadRecord, InvalidSchemas, IOException {
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        byte[] key = customerId.getBytes(StandardCharsets.UTF_8);
        if (key.length > settings.limits().customerIdBytes()) {
            throw new BadRecord(
                    BadRecord.Reason.MISSING_CUSTOMER,
                    "the id has " + key.length + " bytes; limits.customer_id_bytes allows "
                            + settings.limits().customerIdBytes());
        }
        Event event = event(schemas, customerId, origin, reason, now);
        byte[] value = new EventEncoder(schemas, Registries.of(settings)).encode(event);
        String topic = settings.topics().names().behaviorEvents();
        ClusterDoor.requireTopic(settings, topic);
        // Read first: after the erasure, the processor may already have removed the profile.
        Optional<Boolean> known = KnownCustomers.knows(settings, customerId);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                StreamsProperties.writer(settings, settings.applicationId() + "-erase"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            int partitions = producer.partitionsFor(topic).size();
            producer.beginTransaction();
            for (int partition = 0; partition < partitions; partition++) {
                // A failure aborts the transaction; the commit then throws.
                var unused = producer.send(
                        new ProducerRecord<>(topic, partition, now.toEpochMilli(), key, value, everyPartition()));
            }
            producer.commitTransaction();
            return new Requested(partitions, known);
        } catch (ProducerFencedException other) {
            throw new CannotStart("Another erasure has started meanwhile. Try again.");
        } catch (KafkaException failure) {
            throw Failures.atStart(failure, settings.bootstrapServers(), PATIENCE_SECONDS);
        }
    }

    /** Prevents a warning about a producer with another partitioner. */
    private static Headers everyPartition() {
        return new RecordHeaders().add(Placement.EVERY_PARTITION, new byte[0]);
    }

    private static Event event(
            EventSchemas schemas, String customerId, @Nullable Origin origin, @Nullable String reason, Instant now)
            throws BadRecord {
        Map<String, Object> fields = new HashMap<>();
        fields.put("type", EventNames.CUSTOMER_ERASED);
        fields.put("customer_id", customerId);
        fields.put("event_id", UUID.randomUUID().toString());
        fields.put("occurred_at", now.toString());
        if (origin != null) {
            fields.put(Origin.FIELD, origin.word());
        }
        if (reason != null) {
            fields.put("reason", reason);
        }
        return new EventBuilder(schemas.vocabulary()).build(fields);
    }
}
