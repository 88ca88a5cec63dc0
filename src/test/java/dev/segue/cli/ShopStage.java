// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.runtime.settings.SettingsReader;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker with a small shop: every customer views two products, is curious for an hour, and does nothing more. Two
 * changes per customer.
 */
final class ShopStage implements AutoCloseable {
    static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    static final int CUSTOMERS = 30;
    static final int EVENTS = 2 * CUSTOMERS;
    static final int CHANGES = 2 * CUSTOMERS;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final Path directory;
    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    ShopStage(Path directory) throws Exception {
        this.directory = directory;
        Files.writeString(
                Files.createDirectories(directory.resolve("segments")).resolve("curious.yaml"),
                "segment: curious\nwhen: product_viewed.within('1h').count() >= 2\n");
    }

    Admin admin() {
        return admin;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** @param more further lines: name, topics without the number of partitions, state directory */
    Path settings(String file, String more) throws Exception {
        return Files.writeString(
                directory.resolve(file),
                """
                bootstrap_servers: %s
                segments: {directories: [%s]}
                registry: {directory: %s}
                """.formatted(broker.bootstrapServers(), directory.resolve("segments"), directory.resolve("registry"))
                        + more);
    }

    Application start(Path settings) throws Exception {
        Application application = Application.load(
                SettingsReader.read("segue.yaml", Files.readString(settings), System::getenv), clock::get);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    /** Sends all events and, once every customer has entered, advances the time until all have left. */
    void runStory(Application application) throws Exception {
        send();
        waitFor(() -> application.counts().changes() == CUSTOMERS);
        clock.set(NOW.plus(Duration.ofHours(3)));
        awaitDone(application);
    }

    void send() throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        EventEncoder encoder = new EventEncoder(schemas, registry());
        EventBuilder builder = new EventBuilder(schemas.vocabulary());
        for (int number = 0; number < EVENTS; number++) {
            String customer = "customer-" + number % CUSTOMERS;
            byte[] value = encoder.encode(builder.build(Map.of(
                    "type",
                    "product_viewed",
                    "customer_id",
                    customer,
                    "event_id",
                    "e" + number,
                    "occurred_at",
                    NOW.toString(),
                    "product_id",
                    "p")));
            put("behavior-events", customer, value);
        }
    }

    void put(String topic, String key, byte[] value) throws Exception {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, null, NOW.toEpochMilli(), bytes, value))
                .get();
    }

    /** Waits until all events are counted and all changes are published. */
    void awaitDone(Application application) throws Exception {
        waitFor(() ->
                application.counts().events() == EVENTS && application.counts().changes() == CHANGES);
        assertThat(application.counts().duplicates()).isZero();
    }

    /** Deletes the first events of every partition, as retention does. */
    void deleteEvents(int each) throws Exception {
        Map<TopicPartition, RecordsToDelete> beginnings = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            beginnings.put(new TopicPartition("behavior-events", partition), RecordsToDelete.beforeOffset(each));
        }
        admin.deleteRecords(beginnings).all().get();
    }

    /** All changes committed to the topic. */
    List<Change> changes(String topic, int expected) throws Exception {
        List<Change> changes = new ArrayList<>();
        ChangeCodec codec = new ChangeCodec(registry(), topic);
        try (TopicFeed<Change> feed =
                TopicFeed.open(new ClientSettings(broker.bootstrapServers(), Map.of()), topic, codec::decode)) {
            feed.fromBeginning();
            waitFor(() -> {
                changes.addAll(feed.poll(Duration.ofMillis(100)));
                return changes.size() >= expected;
            });
        }
        assertThat(changes).hasSize(expected);
        return changes;
    }

    private DirectorySchemaRegistry registry() {
        return new DirectorySchemaRegistry(directory.resolve("registry"));
    }

    Set<String> topics() throws Exception {
        return admin.listTopics().names().get();
    }

    /** The number of partitions with a committed offset. */
    int offsets(String group) throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .size();
    }

    static CommandRun run(String command, Path settings, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--config", settings.toString()));
        args.addAll(Arrays.asList(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        broker.close();
    }
}
