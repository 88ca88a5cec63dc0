// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.console.OneCustomer;
import dev.segue.console.page.CustomerTrail;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.MemorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What is read of one customer, from partitions that hold others too. */
class CustomerTrailsTest {
    private static final int PARTITIONS = 4;
    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

    private final Settings settings = Settings.defaults();
    private final TopicNames names = settings.topics().names();
    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final OneCustomer ann = new OneCustomer("ann");

    CustomerTrailsTest() throws Exception {
        for (String topic : List.of(names.behaviorEvents(), names.changes(), names.activations())) {
            Node[] none = {};
            consumer.updatePartitions(
                    topic,
                    java.util.stream.IntStream.range(0, PARTITIONS)
                            .mapToObj(number -> new PartitionInfo(topic, number, null, none, none))
                            .toList());
        }
    }

    private CustomerTrails trails() {
        return new CustomerTrails(settings, new EventDecoder(ann.schemas, registry), registry, () -> consumer);
    }

    private static byte[] key(String customer) {
        return customer.getBytes(StandardCharsets.UTF_8);
    }

    private TopicPartition partition(String topic) {
        return new TopicPartition(topic, settings.topics().partitioner().partition(key("ann"), PARTITIONS));
    }

    /** Adds records when the partitions have been assigned. */
    private void log(long first, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        for (String topic : List.of(names.behaviorEvents(), names.changes(), names.activations())) {
            begins.put(partition(topic), first);
            ends.putIfAbsent(partition(topic), first);
        }
        consumer.updateBeginningOffsets(begins);
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, String customer, byte[] value, long first) {
        TopicPartition at = partition(topic);
        long offset = ends.merge(at, first + 1, (before, one) -> before + 1) - 1;
        return new ConsumerRecord<>(
                topic,
                at.partition(),
                offset,
                NOON.toEpochMilli() + offset,
                TimestampType.CREATE_TIME,
                3,
                value.length,
                key(customer),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private List<ConsumerRecord<byte[], byte[]>> records(long first) {
        ann.does("product_added", NOON, Map.of("product_id", "tent")).waits(NOON.plusSeconds(600));
        byte[] event = new EventEncoder(ann.schemas, registry).encode(ann.events.get(0));
        return List.of(
                record(names.behaviorEvents(), "bob", event, first),
                record(names.behaviorEvents(), "ann", event, first),
                record(
                        names.changes(),
                        "ann",
                        new ChangeCodec(registry, names.changes()).encode(ann.changes.get(0)),
                        first),
                record(
                        names.activations(),
                        "ann",
                        new TriggerDecisionCodec(registry, names.activations()).encode(ann.decisions.get(1)),
                        first));
    }

    @Test
    void readsOnlyTheCustomersRecords() {
        log(0, records(0));
        CustomerTrail trail = trails().read("ann");
        assertThat(trail.trouble()).isNull();
        assertThat(trail.since()).isNull();
        assertThat(trail.events()).hasSize(1);
        assertThat(trail.events().get(0).customerId()).isEqualTo("ann");
        assertThat(trail.changes()).containsExactly(ann.changes.get(0));
        assertThat(trail.decisions()).containsExactly(ann.decisions.get(1));
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void ofLongPartitionsOnlyTheEnd() {
        long before = 60_000;
        List<ConsumerRecord<byte[], byte[]>> records = records(before);
        log(0, records);
        Map<TopicPartition, Long> begins = new HashMap<>();
        ends.keySet().forEach(partition -> begins.put(partition, 0L));
        consumer.updateBeginningOffsets(begins);
        CustomerTrail trail = trails().read("ann");
        assertThat(trail.events()).hasSize(1);
        assertThat(trail.since()).as("the first record that was read").isEqualTo(NOON.plusMillis(before));
    }

    @Test
    void whatCannotBeDecodedIsSaid() {
        log(0, List.of(record(names.behaviorEvents(), "ann", new byte[] {1, 2, 3}, 0)));
        CustomerTrail trail = trails().read("ann");
        assertThat(trail.events()).isEmpty();
        assertThat(trail.trouble()).isEqualTo("1 of the customer's records cannot be decoded.");
    }

    @Test
    void anUnreachableClusterIsTrouble() {
        log(0, List.of());
        ends.put(partition(names.changes()), 5L);
        consumer.updateEndOffsets(ends);
        consumer.setPollException(new KafkaException("no broker"));
        assertThat(trails().read("ann").trouble())
                .startsWith("The log cannot be read: ")
                .contains("no broker");
    }
}
