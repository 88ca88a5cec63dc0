// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.ProductFacts;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.ProductFactsDecoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code produce}, {@code products} and {@code changes} with a real broker. */
class KafkaCommandsIT {
    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Path registry;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        registry = directory.resolve("registry");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("behavior-events", 3, (short) 1)
                                    .configs(Map.of("message.timestamp.after.max.ms", "300000")),
                            new NewTopic("product-facts", 1, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic("kept-for-ever", 1, (short) 1),
                            new NewTopic("kept-a-week", 1, (short) 1).configs(Map.of("retention.ms", "604800000")),
                            new NewTopic("segment-changes", 2, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void producesEventsWithKeyAndTime() throws Exception {
        Path events = Files.writeString(directory.resolve("e.jsonl"), """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","price":9.5}
                {"type":"product_viewed","customer_id":"","event_id":"2","occurred_at":"2025-01-01T10:00:00Z"}
                {"type":"order_completed","customer_id":"bob","event_id":"3","occurred_at":"2025-01-01T10:00:01Z"}
                """);
        CommandRun run = produce(events);
        assertThat(run.err()).contains("2 events to behavior-events in ").contains("missing-customer: line 2 (");
        assertThat(run.code()).isZero();
        EventDecoder decoder =
                new EventDecoder(EventSchemas.read(Path.of("schemas/events")), new DirectorySchemaRegistry(registry));
        List<String> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : read("behavior-events", 3, 2)) {
            Event event = decoder.decode(record.key(), record.value());
            found.add(record.key() + " " + Instant.ofEpochMilli(record.timestamp()) + " " + event.type() + " "
                    + event.eventId());
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "ann 2025-01-01T10:00:00Z product_viewed 1", "bob 2025-01-01T10:00:01Z order_completed 3");

        Path future = Files.writeString(directory.resolve("f.jsonl"), """
                {"type":"product_viewed","customer_id":"ann","event_id":"9","occurred_at":"2999-01-01T10:00:00Z"}
                """);
        CommandRun refused = produce(future);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("failed: 1 event was not delivered").doesNotContain("Exception");
    }

    @Test
    void sendsWhatIsKnownOfProducts() throws Exception {
        Path settings = Files.writeString(
                directory.resolve("products.yaml"),
                "bootstrap_servers: " + broker.bootstrapServers() + "\nregistry: {directory: " + registry + "}\n");
        Path products = Files.writeString(directory.resolve("products.csv"), """
                product_id,stock,price,name
                p1,3,19.90,Tent
                p2,-1,5,Lamp
                p3,,,
                """);
        String[] args = {"products", products.toString(), "--config", settings.toString()};
        CommandRun dry = CommandRun.of(args[0], args[1], args[2], args[3], "--dry-run");
        assertThat(dry.out()).isEqualTo("2 would be sent to product-facts\n");
        CommandRun run = CommandRun.of(args);
        assertThat(run.err()).contains("products.csv:3: stock '-1' is negative");
        assertThat(run.out()).isEqualTo("2 sent to product-facts\n");
        assertThat(run.code()).isZero();
        List<ConsumerRecord<String, byte[]>> records = read("product-facts", 1, 2);
        assertThat(records).extracting(ConsumerRecord::key).containsExactly("p1", "p3");
        ProductFacts known = new ProductFactsDecoder(new DirectorySchemaRegistry(registry))
                .decode("p1".getBytes(StandardCharsets.UTF_8), records.get(0).value(), 7);
        assertThat(known.fields().get("stock")).isEqualTo(3L);
        assertThat(known.fields().get("price")).isEqualTo(new BigDecimal("19.9000"));
        assertThat(records.get(1).value()).isNull();
    }

    @Test
    void warnsOfEventsBeyondRetention() throws Exception {
        String old = "{\"type\":\"product_viewed\",\"customer_id\":\"ann\",\"event_id\":\"1\","
                + "\"occurred_at\":\"2019-11-01T00:00:00Z\"}\n";
        Path events = Files.writeString(directory.resolve("old.jsonl"), old + old.replace(":\"1\"", ":\"2\""));
        CommandRun run = produce(events, "--topic", "kept-a-week");
        assertThat(run.code()).isZero();
        assertThat(run.errLines().get(0))
                .startsWith("The event of 2019-11-01T00:00:00Z is older than the 168 hours for which topic kept-a-week")
                .contains("--add-config retention.ms=-1");
        assertThat(run.err()).contains("2 events are older than the topic's retention");
        assertThat(produce(events, "--topic", "kept-for-ever").err()).doesNotContain("older");
    }

    @Test
    void namesMissingTopic() {
        CommandRun run = CommandRun.of(
                "changes",
                "--topic",
                "nowhere",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schemas-dir",
                registry.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().startsWith("failed: There is no topic nowhere at ");
    }

    @Test
    void printsSelectedCommittedChanges() {
        ChangeCodec codec = new ChangeCodec(new DirectorySchemaRegistry(registry), "segment-changes");
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "changes-it");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "ann", codec.encode(change("ann", "viewer")));
            send(producer, "ann", codec.encode(change("ann", "loyal-customer")));
            send(producer, "bob", codec.encode(change("bob", "viewer")));
            send(producer, "bob", "no change".getBytes(StandardCharsets.UTF_8));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "eve", codec.encode(change("eve", "viewer")));
            producer.flush();
            producer.abortTransaction();
        }
        CommandRun all = changes();
        assertThat(all.code()).isZero();
        assertThat(all.out().lines()).hasSize(3).noneMatch(line -> line.contains("eve"));
        assertThat(all.err()).contains("Skipped 1 record that is not a segment change, at partition ");
        assertThat(changes("--customer", "ann").out().lines()).hasSize(2);
        assertThat(changes("--segment", "viewer").out().lines()).hasSize(2);
        assertThat(changes("--since", "2999-01-01T00:00:00Z").out()).isEmpty();
    }

    private static void send(KafkaProducer<String, byte[]> producer, String key, byte[] value) {
        assertThat(producer.send(new ProducerRecord<>("segment-changes", key, value)))
                .isNotNull();
    }

    private static Change change(String customer, String segment) {
        Instant at = Instant.parse("2025-01-01T10:00:00Z");
        return Change.of(customer, segment, Change.Kind.ENTERED, at)
                .changeId(customer + segment)
                .definitionVersion("0123456789ab")
                .build();
    }

    private static CommandRun produce(Path events, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "produce",
                "--events",
                events.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schemas-dir",
                registry.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static CommandRun changes(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "changes", "--bootstrap-servers", broker.bootstrapServers(), "--schemas-dir", registry.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic, int partitions, int wanted) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            for (int attempt = 0; attempt < 30 && records.size() < wanted; attempt++) {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        }
        return records;
    }
}
