package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.Settings;
import dev.segue.demo.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.runtime.ChangeFeed;
import dev.segue.runtime.SettingsReader;
import dev.segue.serde.ChangeCodec;
import dev.segue.serde.DirectorySchemaRegistry;
import dev.segue.serde.EventBuilder;
import dev.segue.serde.EventEncoder;
import dev.segue.serde.EventSchemas;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code reset} deletes and keeps, and what the next start makes of it. */
class ResetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final int CUSTOMERS = 30;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private EmbeddedBroker broker;
    private Path file;
    private Settings settings;

    @Test
    void whatWasToldIsToldAgainWithTheSameIds() throws Exception {
        try (EmbeddedBroker started = EmbeddedBroker.start()) {
            broker = started;
            configure();
            List<Change> before;
            try (Application application = started()) {
                send();
                awaitEvents(application);
                // For more than an hour, nobody looks at anything.
                clock.set(NOW.plus(Duration.ofHours(3)));
                waitFor(() -> application.counts().changes() == 2 * CUSTOMERS);
                before = changes(2 * CUSTOMERS);

                CommandRun refused = reset("--yes");
                assertThat(refused.code()).isEqualTo(1);
                assertThat(refused.errLines())
                        .singleElement()
                        .asString()
                        .startsWith("failed: The processor 'shop' is running, with 1 threads at ")
                        .contains("Stop every instance (SIGTERM), then reset.");
            }
            CommandRun asked = reset();
            assertThat(asked.code()).isEqualTo(2);
            assertThat(asked.errLines()).containsExactly("Nothing was deleted. Add --yes to delete this.");
            CommandRun dry = reset("--dry-run", "--yes");
            assertThat(dry.code()).isZero();
            System.out.println(dry.out());
            assertThat(dry.out().lines().map(String::strip).toList())
                    .containsSubsequence(
                            "would delete:", "group shop, how far it has read: " + offsets() + " partitions", "keeps:")
                    .anyMatch(line -> line.startsWith("topic shop-customers-changelog, the customers: 2 partitions with"))
                    .anyMatch(line -> line.startsWith("directory " + directory.resolve("state").resolve("shop")))
                    .anyMatch(line -> line.startsWith("topic behavior-events: 2 partitions with at most 60 records;"));
            assertThat(topics()).contains("shop-customers-changelog");
            assertThat(offsets()).isPositive();
            assertThat(directory.resolve("state").resolve("shop")).isDirectory();

            Set<String> topics = topics();
            CommandRun run = reset("--yes");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("deletes:").endsWith("done; the next 'segue run' begins anew\n");
            topics.remove("shop-customers-changelog");
            assertThat(topics()).isEqualTo(topics);
            assertThat(offsets()).isZero();
            assertThat(directory.resolve("state").resolve("shop")).doesNotExist();
            assertThat(reset("--yes").out()).startsWith("nothing to delete\n");

            try (Application application = started()) {
                awaitEvents(application);
                waitFor(() -> application.counts().changes() == 2 * CUSTOMERS);
            }
            assertThat(ids(changes(4 * CUSTOMERS))).isEqualTo(ids(before));

            // As after topics.control_retention, which is shorter than topics.retention.
            deleteTicks();
            assertThat(reset("--yes").code()).isZero();
            try (Application application = started()) {
                awaitEvents(application);
                waitFor(() -> application.counts().changes() == 2 * CUSTOMERS);
            }
            List<Change> all = changes(6 * CUSTOMERS);
            assertThat(ids(all)).hasSize(2 * CUSTOMERS).isEqualTo(ids(before));
            assertThat(all).filteredOn(change -> change.kind() == Change.Kind.EXITED)
                    .hasSize(3 * CUSTOMERS)
                    .allMatch(change -> change.effectiveAt().equals(NOW.plus(Duration.ofHours(1))));
        }
    }

    private void configure() throws Exception {
        Files.writeString(
                Files.createDirectories(directory.resolve("segments")).resolve("curious.yaml"),
                "segment: curious\nwhen: product_viewed.within('1h').count() >= 2\n");
        file = Files.writeString(directory.resolve("segue.yaml"), """
                application_id: shop
                bootstrap_servers: %s
                segments: {directories: [%s]}
                registry: {directory: %s}
                topics: {partitions: 2, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s}
                """.formatted(
                        broker.bootstrapServers(),
                        directory.resolve("segments"),
                        directory.resolve("registry"),
                        directory.resolve("state")));
        settings = SettingsReader.read("segue.yaml", Files.readString(file), System::getenv);
    }

    private Application started() throws Exception {
        Application application = Application.load(settings, clock::get);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    private void send() throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        EventEncoder encoder = new EventEncoder(schemas, registry());
        EventBuilder builder = new EventBuilder(schemas.vocabulary());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < 2 * CUSTOMERS; number++) {
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
                producer.send(new ProducerRecord<>(
                                "behavior-events",
                                null,
                                NOW.toEpochMilli(),
                                customer.getBytes(StandardCharsets.UTF_8),
                                value))
                        .get();
            }
        }
    }

    private void awaitEvents(Application application) throws Exception {
        waitFor(() -> application.counts().events() == 2 * CUSTOMERS);
        assertThat(application.counts().duplicates()).isZero();
    }

    private List<Change> changes(int expected) throws Exception {
        List<Change> changes = new ArrayList<>();
        ChangeCodec codec = new ChangeCodec(registry(), "segment-changes");
        try (ChangeFeed feed = ChangeFeed.open(
                new ClientSettings(broker.bootstrapServers(), Map.of()), "segment-changes", codec)) {
            feed.fromBeginning();
            waitFor(() -> {
                changes.addAll(feed.poll(Duration.ofMillis(100)));
                return changes.size() >= expected;
            });
        }
        assertThat(changes).hasSize(expected);
        return changes;
    }

    private static Set<String> ids(List<Change> changes) {
        return changes.stream().map(Change::changeId).collect(Collectors.toSet());
    }

    private DirectorySchemaRegistry registry() {
        return new DirectorySchemaRegistry(directory.resolve("registry"));
    }

    private Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private void deleteTicks() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < 2; partition++) {
                all.put(new TopicPartition("segue-control", partition), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private int offsets() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets("shop")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .size();
        }
    }

    private CommandRun reset(String... more) {
        List<String> args = new ArrayList<>(List.of("reset", "--config", file.toString()));
        args.addAll(Arrays.asList(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
