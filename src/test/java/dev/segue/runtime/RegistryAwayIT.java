// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.RegistrySettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.HttpSchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** While the registry is unavailable, good records wait and do not become dead letters. */
class RegistryAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final int EVENTS = 200;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean away;

    private static final Duration STOP = Duration.ofSeconds(20);

    private static EmbeddedBroker broker;
    private HttpServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startRegistry() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopRegistry() {
        server.stop(0);
    }

    @Test
    void goodRecordsWaitForRegistry(TestInfo test) throws Exception {
        Settings settings = settings(test);
        try (Application application = started(settings)) {
            EventEncoder encoder = encoder(settings, "product_viewed");
            away = true;
            publish(settings, encoder, "product_viewed");
            waitFor(() -> refusals.get() >= 6);
            assertThat(application.counts().applied()).isZero();
            away = false;
            waitFor(() -> committed(settings) == EVENTS);
            assertThat(application.counts().applied()).isEqualTo(EVENTS);
            assertThat(application.counts().deadLettered()).isZero();
        }
    }

    /**
     * The wait outlasts both the transaction and the time after which the group reassigns the partitions, so Streams
     * repeats the work from the last commit.
     */
    @Test
    void waitOutlastsTransactionAndGroupSession(TestInfo test) throws Exception {
        Settings settings = settings(test)
                .withKafka(Map.of(
                        "main.consumer.max.poll.interval.ms", "3000", "producer.transaction.timeout.ms", "1000"));
        try (Application application = started(settings)) {
            EventEncoder encoder = encoder(settings, "product_viewed", "product_added");
            publish(settings, encoder, "product_viewed");
            waitFor(() -> committed(settings) == EVENTS);
            away = true;
            // One with a known schema, which opens a transaction; then one that needs a lookup.
            publish(settings, encoder, "product_viewed");
            publish(settings, encoder, "product_added");
            waitFor(() -> refusals.get() >= 1);
            // The broker checks for expired transactions every ten seconds.
            Thread.sleep(13_000);
            away = false;
            waitFor(() -> committed(settings) == 3 * EVENTS);
            // Repeated work was rolled back before, or it would be counted here.
            assertThat(application.counts().duplicates()).isZero();
            assertThat(application.counts().deadLettered()).isZero();
            application.throwIfFailed();
        }
    }

    @Test
    void waitDoesNotDelayStop(TestInfo test) throws Exception {
        Settings settings = settings(test);
        Application application = started(settings);
        EventEncoder encoder = encoder(settings, "product_viewed");
        away = true;
        publish(settings, encoder, "product_viewed");
        waitFor(() -> refusals.get() >= 3);
        assertTimeoutPreemptively(STOP, application::close);
        application.throwIfFailed();
        away = false;
        try (Application next = started(settings)) {
            waitFor(() -> committed(settings) == EVENTS);
            assertThat(next.counts().applied()).isEqualTo(EVENTS);
        }
    }

    private Settings settings(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        RegistrySettings registry = RegistrySettings.of(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .withRetries(2, Duration.ofMillis(20));
        // The events are old: with a retention of days, the broker would delete them while they wait.
        TopicSettings topics =
                new TopicSettings(TopicNames.prefixed(name + "."), 2, 1, Duration.ofDays(3650), Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(broker.bootstrapServers())
                .withRegistry(registry)
                .withTopics(topics)
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory));
    }

    private static Application started(Settings settings) throws Exception {
        Application application = Application.load(settings, () -> NOW);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    /** The producer's own registry object then has the ids; the processor's does not. */
    private static EventEncoder encoder(Settings settings, String... types) throws Exception {
        EventEncoder encoder = new EventEncoder(
                EventSchemas.read(settings.schemas().resolve("events")),
                new HttpSchemaRegistry(Objects.requireNonNull(settings.registry())));
        for (String type : types) {
            encoder.encode(event(settings, type, 0));
        }
        return encoder;
    }

    /** The number of committed events. */
    private static long committed(Settings settings) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets(settings.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(partition -> partition
                            .getKey()
                            .topic()
                            .equals(settings.topics().names().behaviorEvents()))
                    .mapToLong(partition -> partition.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void publish(Settings settings, EventEncoder encoder, String type) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < EVENTS; number++) {
                var unused = producer.send(new ProducerRecord<>(
                        settings.topics().names().behaviorEvents(),
                        null,
                        NOW.toEpochMilli(),
                        "customer-" + number,
                        encoder.encode(event(settings, type, number))));
            }
        }
    }

    private static Event event(Settings settings, String type, int number) throws Exception {
        return new EventBuilder(
                        EventSchemas.read(settings.schemas().resolve("events")).vocabulary())
                .build(Map.of(
                        "type",
                        type,
                        "customer_id",
                        "customer-" + number,
                        "event_id",
                        type + "-" + NUMBERS.incrementAndGet(),
                        "occurred_at",
                        NOW.toString(),
                        "product_id",
                        "p1"));
    }

    /** The part of Confluent's API that the client needs; 503 while it is unavailable. */
    private void answer(HttpExchange exchange) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String path = exchange.getRequestURI().getPath();
        byte[] body;
        int status = 200;
        if (away) {
            refusals.incrementAndGet();
            status = 503;
            body = "{\"error_code\":50301,\"message\":\"away\"}".getBytes(StandardCharsets.UTF_8);
        } else if (path.startsWith("/schemas/ids/")) {
            String schema = schemas.get(Integer.parseInt(path.substring("/schemas/ids/".length())) - 1);
            body = json.writeValueAsBytes(Map.of("schema", schema));
        } else {
            String schema = json.readTree(exchange.getRequestBody().readAllBytes())
                    .path("schema")
                    .asText();
            synchronized (schemas) {
                if (!schemas.contains(schema)) {
                    schemas.add(schema);
                }
            }
            body = json.writeValueAsBytes(Map.of("id", schemas.indexOf(schema) + 1));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
