// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.config.ClientSettings;
import dev.segue.config.Settings;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code dead-letters} and {@code redrive} with a real broker and processor. */
class DeadLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final int CUSTOMERS = 40;
    private static final String CURIOUS = """
            segment: curious
            describes: Looked at two things within an hour.
            when: product_viewed.within('1h').count() >= 2
            """;

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private Path file;
    private Settings settings;
    private EventSchemas schemas;
    private Application application;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        Files.writeString(Files.createDirectories(directory.resolve("segments")).resolve("curious.yaml"), CURIOUS);
        file = Files.writeString(directory.resolve("segue.yaml"), """
                application_id: %s
                bootstrap_servers: %s
                segments: {directories: [%s]}
                registry: {directory: %s}
                topics: {prefix: %s., partitions: 3, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s}
                """.formatted(
                        name,
                        broker.bootstrapServers(),
                        directory.resolve("segments"),
                        directory.resolve("registry"),
                        name,
                        directory.resolve("state")));
        settings = SettingsReader.read("segue.yaml", Files.readString(file), System::getenv);
        schemas = EventSchemas.read(Path.of("schemas", "events"));
        application = Application.load(settings, clock::get);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        application.close();
    }

    @Test
    void redriveAfterLateRegistrationYieldsUndisturbedChanges() throws Exception {
        List<Event> events = sendWithUnknownSchema();
        assertThat(changes()).isEmpty();
        assertThat(dead("unknown-schema")).isEqualTo(events.size());
        assertThat(run("redrive").out()).isEqualTo("0 sent back\n" + events.size() + " still unknown-schema\n");

        encoder("registry").encode(events.get(0));
        assertThat(run("redrive", "--dry-run").out()).isEqualTo(events.size() + " would be sent back\n");
        assertThat(application.counts().events()).isEqualTo(events.size());
        assertThat(run("redrive", "--reason", "unknown-schema").out()).isEqualTo(events.size() + " sent back\n");
        awaitEvents(2L * events.size());
        assertThat(application.counts().applied()).isEqualTo(events.size());
        assertThat(byCustomer(changes())).isEqualTo(byCustomer(replay(events)));

        assertThat(run("redrive").out()).isEqualTo("0 sent back\n" + events.size() + " sent back before\n");
        assertThat(run("dead-letters", "--limit", "0").err())
                .contains(events.size() + " letters, " + events.size() + " of them sent back");
        awaitEvents(2L * events.size());
        assertThat(application.counts().duplicates()).isZero();
    }

    @Test
    void concurrentRedrivesSendEachLetterOnce() throws Exception {
        List<Event> events = sendWithUnknownSchema();
        encoder("registry").encode(events.get(0));
        List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            runs.add(CompletableFuture.supplyAsync(() -> run("redrive")));
        }
        runs.forEach(CompletableFuture::join);
        assertThat(run("redrive").code()).isZero();
        sendGarbage(1);
        awaitEvents(2L * events.size() + 1);
        assertThat(application.counts().applied()).isEqualTo(events.size());
        assertThat(application.counts().duplicates()).isZero();
    }

    /** A redrive that was killed midway leaves an open transaction. */
    @Test
    void killedRedriveIsRolledBackAndRepeated() throws Exception {
        List<Event> events = sendWithUnknownSchema();
        encoder("registry").encode(events.get(0));
        KafkaProducer<byte[], byte[]> killed = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        settings.applicationId() + "-redrive"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        killed.initTransactions();
        killed.beginTransaction();
        byte[] customer = events.get(0).customerId().getBytes(StandardCharsets.UTF_8);
        killed.send(new ProducerRecord<>(
                        topic(),
                        null,
                        NOW.toEpochMilli(),
                        customer,
                        encoder("registry").encode(events.get(0))))
                .get();
        assertThat(run("redrive").out()).isEqualTo(events.size() + " sent back\n");
        killed.close(Duration.ZERO);
        awaitEvents(2L * events.size());
        assertThat(application.counts().applied()).isEqualTo(events.size());
        assertThat(application.counts().duplicates()).isZero();
    }

    @Test
    void keepsStillBadLettersAndReportsTruncatedOnes() throws Exception {
        sendGarbage(3);
        byte[] customer = "ann".getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic(), null, NOW.toEpochMilli(), customer, new byte[70_000]))
                .get();
        producer.send(new ProducerRecord<>(
                        settings.topics().names().control(), 0, NOW.toEpochMilli(), null, new byte[] {9}))
                .get();
        awaitEvents(4);
        waitFor(() -> application.counts().refusedControl() == 1);
        waitFor(() -> run("redrive").out().equals("""
                        0 sent back
                        3 still not-avro-framed
                        1 cut because of their length: send them again from their source
                        1 from another topic than the events topic
                        """));
        assertThat(run("redrive", "--reason", "truncated").out()).isEqualTo("0 sent back\n");
    }

    @Test
    void listsNewestAndTotals() throws Exception {
        sendGarbage(2);
        awaitEvents(2);
        waitFor(() -> run("dead-letters").out().lines().count() == 2);
        clock.set(NOW.plusSeconds(60));
        sendWithUnknownSchema();
        waitFor(() -> run("dead-letters", "--limit", "1000").out().lines().count() == 2 + 2 * CUSTOMERS);

        CommandRun all = run("dead-letters", "--limit", "3");
        assertThat(all.out().lines()).hasSize(3);
        JsonNode newest =
                new ObjectMapper().readTree(all.out().lines().findFirst().orElseThrow());
        assertThat(newest.path("reason").asText()).isEqualTo("unknown-schema");
        assertThat(newest.path("refused_at").asText()).isEqualTo("2025-11-01T10:01:00.000Z");
        assertThat(newest.path("topic").asText()).isEqualTo(topic());
        assertThat(newest.path("timestamp").asText()).startsWith("2025-11-01T10:");
        assertThat(newest.path("schema_id").isIntegralNumber()).isTrue();
        assertThat(newest.path("cut").asBoolean(true)).isFalse();
        assertThat(newest.path("sent_back").asBoolean(true)).isFalse();
        assertThat(newest.has("key")).as("whose it is").isFalse();
        assertThat(all.errLines())
                .anySatisfy(line -> assertThat(line).matches("not-avro-framed +2 letters, 0 of them sent back, .*"))
                .anySatisfy(line -> assertThat(line)
                        .matches("unknown-schema +" + 2 * CUSTOMERS + " letters, 0 of them sent back, .*"));

        CommandRun old = run("dead-letters", "--reason", "not-avro-framed", "--payload");
        assertThat(old.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"key\":\"", "\"payload\":\"Bw==\""));
        assertThat(run("dead-letters", "--since", "2025-11-01T10:01:00Z", "--limit", "1000")
                        .out()
                        .lines())
                .hasSize(2 * CUSTOMERS);
        assertThat(run("dead-letters", "--since", "2025-11-01T10:01:00.001Z").errLines())
                .containsExactly("no dead letters");
        CommandRun wrong = run("dead-letters", "--reason", "unknown-scheme");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.errLines())
                .containsExactly("--reason: 'unknown-scheme' is not a reason. Did you mean 'unknown-schema'?");
    }

    /** Two views per customer, whose schema the processor's registry does not know. */
    private List<Event> sendWithUnknownSchema() throws Exception {
        long before = application.counts().events();
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < 2 * CUSTOMERS; number++) {
            Event event = new EventBuilder(schemas.vocabulary())
                    .build(Map.of(
                            "type",
                            "product_viewed",
                            "customer_id",
                            "customer-" + number % CUSTOMERS,
                            "event_id",
                            "e" + number,
                            "occurred_at",
                            NOW.plusSeconds(number).toString(),
                            "product_id",
                            "p" + number));
            events.add(event);
            byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
            byte[] value = encoder("registry-of-somebody-else").encode(event);
            producer.send(new ProducerRecord<>(topic(), null, event.time(), key, value))
                    .get();
        }
        awaitEvents(before + events.size());
        waitFor(() -> run("dead-letters", "--reason", "unknown-schema", "--limit", "1000")
                        .out()
                        .lines()
                        .count()
                == events.size());
        return events;
    }

    private void sendGarbage(int records) throws Exception {
        for (int number = 0; number < records; number++) {
            byte[] key = ("garbage-" + number).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic(), null, NOW.toEpochMilli(), key, new byte[] {7}))
                    .get();
        }
    }

    private EventEncoder encoder(String registry) {
        return new EventEncoder(schemas, new DirectorySchemaRegistry(directory.resolve(registry)));
    }

    private String topic() {
        return settings.topics().names().behaviorEvents();
    }

    private List<Change> replay(List<Event> events) throws Exception {
        Plan plan = Plan.compile(
                new DefinitionReader(schemas.vocabulary()).read(List.of(new DefinitionText("curious.yaml", CURIOUS))),
                schemas.vocabulary());
        Map<String, CustomerState> customers = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (Event event : events) {
            CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
            changes.addAll(plan.apply(state, event, NOW.toEpochMilli(), NOW.toEpochMilli())
                    .changes());
        }
        assertThat(changes).hasSize(CUSTOMERS);
        return changes;
    }

    private static Map<String, List<Change>> byCustomer(List<Change> changes) {
        Map<String, List<Change>> byCustomer = new TreeMap<>();
        changes.forEach(change -> byCustomer
                .computeIfAbsent(change.customerId(), any -> new ArrayList<>())
                .add(change));
        return byCustomer;
    }

    /** The changes committed so far. */
    private List<Change> changes() throws Exception {
        String topic = settings.topics().names().changes();
        ChangeCodec codec = new ChangeCodec(new DirectorySchemaRegistry(directory.resolve("registry")), topic);
        List<Change> changes = new ArrayList<>();
        try (TopicFeed<Change> feed =
                TopicFeed.open(new ClientSettings(broker.bootstrapServers(), Map.of()), topic, codec::decode)) {
            long expected = application.counts().changes();
            feed.fromBeginning();
            waitFor(() -> {
                changes.addAll(feed.poll(Duration.ofMillis(100)));
                return changes.size() >= expected;
            });
        }
        return changes;
    }

    private long dead(String reason) {
        return application.counts().deadLetters().entrySet().stream()
                .filter(entry -> entry.getKey().label().equals(reason))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private CommandRun run(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--config", file.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private void awaitEvents(long events) throws Exception {
        waitFor(() ->
                application.counts().events() >= events && application.counts().unaccounted() == 0);
        assertThat(application.counts().events()).isEqualTo(events);
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
