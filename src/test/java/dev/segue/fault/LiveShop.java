// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events now, and measures how long it takes until a {@code read_committed} reader sees a new customer enter the
 * segment {@value #SEGMENT}, which a {@code checkout_started} makes true.
 */
final class LiveShop implements AutoCloseable {
    static final String SEGMENT = "live";
    static final String DEFINITION = "segment: live\nwhen: checkout_started.count() > 0\n";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Settings settings;
    private final EventEncoder encoder;
    private final EventBuilder builder;
    private final ChangeCodec codec;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Consumer<Change> others;
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<String, Long> toldAfter = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> twice = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** @param others receives the changes of all other segments, in a thread of its own */
    LiveShop(Settings settings, Consumer<Change> others) throws Exception {
        this.settings = settings;
        this.others = others;
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        DirectorySchemaRegistry registry = new DirectorySchemaRegistry(settings.registryDirectory());
        encoder = new EventEncoder(schemas, registry);
        builder = new EventBuilder(schemas.vocabulary());
        codec = new ChangeCodec(registry, settings.topics().names().changes());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Must be called once the topics exist. */
    void listen() {
        Thread reader = new Thread(this::read, "live-shop");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param id of the event; unique */
    void send(String customer, String id, String type, Instant at) throws Exception {
        Event event = builder.build(
                Map.of("type", type, "customer_id", customer, "event_id", id, "occurred_at", at.toString()));
        send(event, at.toEpochMilli());
    }

    /** @param timestamp the record's own, in milliseconds since the epoch */
    void send(Event event, long timestamp) {
        byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
        String topic = settings.topics().names().behaviorEvents();
        var unused = producer.send(new ProducerRecord<>(topic, null, timestamp, key, encoder.encode(event)));
    }

    /** Sends an event of a new customer whose latency is measured. */
    void sendLive(String customer, Instant at) throws Exception {
        sentAt.put(customer, System.nanoTime());
        send(customer, customer, "checkout_started", at);
    }

    void awaitAllTold() throws InterruptedException {
        await(() -> toldAfter.keySet().containsAll(sentAt.keySet()));
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    /** The customers whose change was published twice. */
    List<String> twice() {
        return List.copyOf(twice);
    }

    private void read() {
        String topic = settings.topics().names().changes();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < settings.topics().partitions(); partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!over) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                    take(codec.decode(record.value()), System.nanoTime());
                }
            }
        } catch (BadRecord unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private void take(Change change, long now) {
        Long sent = sentAt.get(change.customerId());
        if (sent == null || !change.segment().equals(SEGMENT)) {
            others.accept(change);
        } else if (toldAfter.put(change.customerId(), now - sent) != null) {
            twice.add(change.customerId());
        }
    }

    /** The latencies of the customers whose names have this prefix. */
    Latency latency(String prefix) {
        return Latency.of(toldAfter.entrySet().stream()
                .filter(told -> told.getKey().startsWith(prefix))
                .mapToLong(told -> told.getValue() / 1_000_000)
                .sorted()
                .toArray());
    }

    @Override
    public void close() {
        over = true;
        producer.close();
    }
}
