// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.runtime.Application;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.runtime.settings.SettingsReader;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Erases a customer under traffic. After the broker has compacted compacted topics and deleted expired records, no file
 * of broker or processor contains the id. Records are not compressed here, so that the id would be found.
 */
class ErasureIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String FORGOTTEN = "customer-to-be-forgotten";
    private static final int PARTITIONS = 3;
    private static final String VIEWER = """
            segment: viewer
            describes: Looked at something.
            when: product_viewed.count() >= 1
            ---
            segment: keen
            describes: Looked twice.
            when: product_viewed.count() >= 2
            ---
            segment: grown-up
            describes: Is old enough.
            when: profile.age >= 18
            """;

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private Path file;
    private Settings settings;
    private EventSchemas schemas;
    private Application application;
    private KafkaProducer<byte[], byte[]> producer;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(0, directory.resolve("broker"));
        Files.writeString(Files.createDirectories(directory.resolve("segments")).resolve("viewer.yaml"), VIEWER);
        file = Files.writeString(directory.resolve("segue.yaml"), """
                application_id: erasure
                bootstrap_servers: %s
                segments: {directories: [%s]}
                registry: {directory: %s}
                topics: {partitions: %d, replication_factor: 1}
                processing: {state_directory: %s}
                erasure: {salt: a secret of the test, local_files: 1s}
                """.formatted(
                        broker.bootstrapServers(),
                        directory.resolve("segments"),
                        directory.resolve("registry"),
                        PARTITIONS,
                        directory.resolve("state")));
        settings = SettingsReader.read("segue.yaml", Files.readString(file), System::getenv);
        schemas = EventSchemas.read(Path.of("schemas", "events"));
        startApplication();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        application.close();
        broker.close();
    }

    @Test
    void noFileContainsIdAfterCompaction() throws Exception {
        for (int number = 0; number < 3; number++) {
            views(FORGOTTEN);
            traffic();
        }
        waitFor(() -> application.counts().applied() == sent);
        // A store writes its files when it is closed, so the scan below would find the id in them.
        application.close();
        assertThat(filesWithId(directory.resolve("state"))).isNotEmpty();
        assertThat(filesWithId(broker.dataDirectory())).isNotEmpty();
        startApplication();

        CommandRun run = CommandRun.of("erase", FORGOTTEN, "--config", file.toString(), "--reason", "request");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("requested the erasure in all 3 partitions" + System.lineSeparator());
        waitFor(() -> application.counts().erasures() == PARTITIONS);
        views(FORGOTTEN);
        waitFor(() -> application.counts().erased() == 1);
        assertThat(changesOfForgotten())
                .containsExactly(
                        "ENTERED viewer EVENT", "ENTERED keen EVENT", "EXITED keen ERASURE", "EXITED viewer ERASURE");

        cleanSoon();
        waitFor(() -> {
            traffic();
            return filesWithId(broker.dataDirectory()).isEmpty();
        });
        for (String kept : List.of(
                settings.topics().names().behaviorEvents(),
                settings.topics().names().changes())) {
            configure(kept, Map.of("cleanup.policy", "delete"));
        }
        // One start is enough; several would trigger a compaction by the number of files.
        application.close();
        startApplication();
        waitFor(() -> filesWithId(directory.resolve("state")).isEmpty());
        views(FORGOTTEN);
        waitFor(() -> application.counts().erased() == 1);
        assertThat(application.counts().unaccounted()).isZero();
    }

    @Test
    void reportsUnknownId() throws Exception {
        CommandRun run = CommandRun.of("erase", "misspelt-customer", "--config", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("requested the erasure in all 3 partitions" + System.lineSeparator());
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("Customer 'misspelt-customer' was not found: customer-profiles has no such id.");
        waitFor(() -> application.counts().erasures() == PARTITIONS);
    }

    @Test
    void erasesDataOfOneOrigin() throws Exception {
        views(FORGOTTEN);
        send(Map.of("type", "profile_updated", "customer_id", FORGOTTEN, "age", 40, "origin", "bought"));
        waitFor(() -> application.counts().applied() == sent);
        CommandRun run = CommandRun.of("erase", FORGOTTEN, "--config", file.toString(), "--origin", "bought");
        assertThat(run.out())
                .isEqualTo("requested the erasure of 'bought' data in all 3 partitions" + System.lineSeparator());
        waitFor(() -> application.counts().applied() == sent + PARTITIONS);
        // In the other partitions, the customer stays unknown.
        assertThat(application.counts().erasures()).isZero();
        views(FORGOTTEN);
        assertThat(changesOfForgotten())
                .containsExactly(
                        "ENTERED viewer EVENT",
                        "ENTERED grown-up EVENT",
                        "EXITED grown-up EVENT",
                        "ENTERED keen EVENT");
    }

    /** Shortens an operator's wait of days to seconds. */
    private void cleanSoon() throws Exception {
        Map<String, String> quick = Map.of(
                "segment.ms", "500",
                "min.cleanable.dirty.ratio", "0.0001",
                "delete.retention.ms", "0",
                "file.delete.delay.ms", "0");
        TopicNames names = settings.topics().names();
        for (String compacted : List.of(names.memberships(), names.profiles(), "erasure-customers-changelog")) {
            configure(compacted, quick);
        }
        // The embedded broker deletes old segments only in topics that it compacts.
        Map<String, String> deleting = new HashMap<>(quick);
        deleting.put("cleanup.policy", "compact,delete");
        deleting.put("retention.ms", "2000");
        for (String kept : List.of(names.behaviorEvents(), names.changes())) {
            configure(kept, deleting);
        }
    }

    private void configure(String topic, Map<String, String> values) throws Exception {
        List<AlterConfigOp> changes = values.entrySet().stream()
                .map(value ->
                        new AlterConfigOp(new ConfigEntry(value.getKey(), value.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                    .all()
                    .get();
        }
    }

    private void startApplication() throws Exception {
        application = Application.load(settings, Clock.systemUTC());
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
    }

    /** One event of each of some new customers, so that every topic grows. */
    private void traffic() throws Exception {
        for (int number = 0; number < 30; number++) {
            views("other-" + sent);
        }
    }

    private void views(String customer) throws Exception {
        send(Map.of("type", "product_viewed", "customer_id", customer, "product_id", "p1"));
    }

    private void send(Map<String, Object> values) throws Exception {
        Map<String, Object> all = new HashMap<>(values);
        all.put("event_id", "e" + sent);
        all.put("occurred_at", Instant.now().toString());
        Event event = new EventBuilder(schemas.vocabulary()).build(all);
        byte[] value = new EventEncoder(schemas, registry()).encode(event);
        producer.send(new ProducerRecord<>(
                        settings.topics().names().behaviorEvents(),
                        null,
                        event.time(),
                        event.customerId().getBytes(StandardCharsets.UTF_8),
                        value))
                .get();
        sent++;
    }

    private DirectorySchemaRegistry registry() {
        return new DirectorySchemaRegistry(directory.resolve("registry"));
    }

    private List<String> changesOfForgotten() throws Exception {
        String topic = settings.topics().names().changes();
        List<Change> changes = new ArrayList<>();
        try (TopicFeed<Change> feed = TopicFeed.open(
                new ClientSettings(broker.bootstrapServers(), Map.of()),
                topic,
                new ChangeCodec(registry(), topic)::decode)) {
            feed.fromBeginning();
            waitFor(() -> {
                changes.addAll(feed.poll(Duration.ofMillis(100)));
                return changes.stream()
                                .filter(change -> change.customerId().equals(FORGOTTEN))
                                .count()
                        >= 4;
            });
        }
        return changes.stream()
                .filter(change -> change.customerId().equals(FORGOTTEN))
                .map(change -> change.kind() + " " + change.segment() + " "
                        + change.cause().kind())
                .toList();
    }

    /** Every file below a directory that contains the id. */
    private static List<Path> filesWithId(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).filter(ErasureIT::holdsId).collect(Collectors.toList());
        } catch (UncheckedIOException goneMeanwhile) {
            return List.of(below);
        }
    }

    private static boolean holdsId(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(FORGOTTEN);
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(100);
        }
    }
}
