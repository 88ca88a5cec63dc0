// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.demo.web.DemoPort;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.runtime.operate.EventPublisher;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Broker, processor and registry as the demo runs them, with a segment of customers with something in the cart. */
final class ClientStage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CHANGES = "segment-changes";

    private final EmbeddedBroker broker;
    private final DirectorySchemaRegistry registry;
    private final DemoPort port;
    private final Application application;
    private final EventSchemas schemas;
    private int events;

    ClientStage(Path directory) throws Exception {
        broker = EmbeddedBroker.start();
        registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        port = DemoPort.forRegistry(0, registry);
        schemas = EventSchemas.read(Path.of("schemas", "events"));
        Path segments = Files.createDirectories(directory.resolve("segments"));
        Files.writeString(segments.resolve("cart-holder.yaml"), """
                segment: cart-holder
                when: cart.count() > 0
                carry: {value: "cart.map(i, i.price * i.quantity).sum()"}
                """);
        // One partition, so that the order of all lines is certain.
        TopicSettings topics =
                new TopicSettings(TopicNames.prefixed(""), 1, 1, Duration.ofDays(3650), Duration.ofDays(30));
        application = Application.load(
                Settings.defaults()
                        .withApplicationId("clients")
                        .withBootstrapServers(broker.bootstrapServers())
                        .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                        .withTopics(topics)
                        .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state"))),
                InstantSource.system());
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
    }

    /** What the samples have for addresses, and what it is here. */
    Map<String, String> addresses() {
        return Map.of(
                "localhost:9092",
                broker.bootstrapServers(),
                "http://localhost:8081",
                port.address().toString());
    }

    void send(String customer, String type, Map<String, Object> fields) throws Exception {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("type", type);
        all.put("customer_id", customer);
        all.put("event_id", "java-" + ++events);
        all.put("occurred_at", Instant.now().toString());
        EventEncoder encoder = new EventEncoder(schemas, registry);
        try (EventPublisher publisher = EventPublisher.open(
                new ClientSettings(broker.bootstrapServers(), Map.of()),
                "behavior-events",
                encoder,
                Partitioner.MURMUR2)) {
            publisher.send(new EventBuilder(schemas.vocabulary()).build(all));
            publisher.flush();
            assertThat(publisher.firstFailure()).isNull();
        }
        awaitProcessed();
    }

    /** Waits until every event in the topic was processed. */
    void awaitProcessed() throws Exception {
        long sent = end("behavior-events");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (application.counts().events() < sent) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** Writes the first change again, as a processor does that was killed and runs at least once. */
    void repeatFirstChange() throws Exception {
        ConsumerRecord<byte[], byte[]> first = firstChange();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(CHANGES, 0, first.key(), first.value()))
                    .get();
        }
    }

    /** Writes a change in a transaction that is aborted, as a processor does that is killed before its commit. */
    void abortChangeOf(String customer) throws Exception {
        ChangeCodec codec = new ChangeCodec(registry, CHANGES);
        Change aborted = codec.decode(firstChange().value()).toBuilder()
                .changeId("aborted")
                .build();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "aborted"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            CHANGES, 0, customer.getBytes(StandardCharsets.UTF_8), codec.encode(aborted)))
                    .get();
            producer.abortTransaction();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> further) {
        Map<String, Object> config = new HashMap<>(further);
        config.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private ConsumerRecord<byte[], byte[]> firstChange() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition partition = new TopicPartition(CHANGES, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(PATIENCE).iterator().next();
        }
    }

    private long end(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        application.close();
        port.close();
        broker.close();
    }
}
