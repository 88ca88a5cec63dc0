// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.HttpSettings;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics of a real processor over HTTP. */
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String VIEWER =
            "segment: viewer\ndescribes: Looked at something.\nwhen: product_viewed.count() >= 1\n";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private URI address;

    @Test
    void isLiveButNotReadyWhileBrokerIsUnavailable() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(0, directory.resolve("broker"));
        int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
        Settings settings = settings(broker, "away");
        Monitoring monitoring = new Monitoring(settings);
        try (monitoring;
                Application application = Application.load(settings, Clock.systemUTC(), monitoring.meters())) {
            address = monitoring.open(application).orElseThrow();
            assertThat(get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(get("/health/ready").body())
                    .contains("\"check\":\"processor\",\"ok\":false,\"why\":\"is starting: ");
            application.start();
            waitFor(() -> get("/health/ready").statusCode() == 200);

            broker.close();
            waitFor(() -> get("/health/ready").statusCode() == 503);
            assertThat(get("/health/ready").body()).contains("\"check\":\"broker\",\"ok\":false,\"why\":\"");
            assertThat(get("/health/live").statusCode()).isEqualTo(200);

            broker = EmbeddedBroker.start(port, directory.resolve("broker"));
            waitFor(() -> get("/health/ready").statusCode() == 200);
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            broker.close();
        }
    }

    @Test
    void isNotReadyOneMillisecondBeyondClockLimit() throws Exception {
        AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2025-11-01T10:00:00Z"));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings usual = settings(broker, "stale");
            // No tick arrives during this test.
            Settings settings = usual.withProcessing(usual.processing().withTickInterval(Duration.ofMinutes(1)))
                    .withHttp(usual.http().withBounds(Duration.ofSeconds(30), Duration.ofSeconds(30)));
            Monitoring monitoring = new Monitoring(settings);
            try (monitoring;
                    Application application = started(settings, clock::get, monitoring)) {
                waitFor(() -> get("/health/ready").statusCode() == 200);
                clock.set(clock.get().plusSeconds(30));
                assertThat(get("/health/ready").statusCode()).isEqualTo(200);
                clock.set(clock.get().plusMillis(1));
                assertThat(get("/health/ready").statusCode()).isEqualTo(503);
                assertThat(get("/health/ready").body())
                        .contains("the newest tick is 30001 ms behind the clock, more than http.clock_behind: 30s");
                assertThat(application.counts().ticks()).isZero();
            }
        }
    }

    @Test
    void countsEveryRecordWithoutCustomerData() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker, "counted");
            Monitoring monitoring = new Monitoring(settings);
            try (monitoring;
                    Application application = started(settings, Clock.systemUTC(), monitoring)) {
                send(settings);
                waitFor(() -> application.counts().events() == 8 && metric("segue_events_unaccounted") == 0);
                assertThat(metric("segue_events_total")).isEqualTo(8);
                assertThat(metric("segue_events_applied_total")).isEqualTo(3);
                assertThat(metric("segue_events_duplicate_total")).isEqualTo(2);
                assertThat(metric("segue_events_dead_total{reason=\"not-avro-framed\"}"))
                        .isEqualTo(2);
                assertThat(metric("segue_events_dead_total{reason=\"missing-customer\"}"))
                        .isEqualTo(1);
                assertThat(metric("segue_changes_total{kind=\"ENTERED\",segment=\"viewer\"}"))
                        .isEqualTo(3);
                assertThat(metric("segue_change_latency_seconds_count{cause=\"EVENT\"}"))
                        .isEqualTo(3);
                assertThat(metric("segue_tasks")).isEqualTo(2);
                assertThat(metric("segue_state_bytes")).isPositive();
                assertThat(metric("segue_registry_waiting")).isZero();
                assertThat(metric("segue_restore_left")).isZero();
                assertThat(metric("segue_deadlines_overdue")).isZero();
                assertThat(get("/metrics").body())
                        .contains("segue_clock_lag_seconds ", "segue_drain_lag_seconds ", "jvm_memory_used_bytes{")
                        .doesNotContain("shopper", "not avro", "/etc", "tent");
                assertThat(get("/health/ready").body()).doesNotContain("shopper");
            }
        }
    }

    private Application started(Settings settings, InstantSource clock, Monitoring monitoring) throws Exception {
        Application application = Application.load(settings, clock, monitoring.meters());
        address = monitoring.open(application).orElseThrow();
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    private Settings settings(EmbeddedBroker broker, String name) throws Exception {
        Path segments = Files.createDirectories(directory.resolve("segments"));
        Files.writeString(segments.resolve("viewer.yaml"), VIEWER);
        TopicSettings topics =
                new TopicSettings(TopicNames.prefixed(name + "."), 2, 1, Duration.ofDays(3650), Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(topics)
                .withHttp(HttpSettings.defaults().withPort(0))
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")));
    }

    /** Three events, two of them twice, and three records that are not events. */
    private static void send(Settings settings) throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        EventEncoder encoder = new EventEncoder(schemas, new DirectorySchemaRegistry(settings.registryDirectory()));
        long now = System.currentTimeMillis();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            String topic = settings.topics().names().behaviorEvents();
            for (int number : new int[] {1, 2, 3, 1, 2}) {
                Event event = new EventBuilder(schemas.vocabulary())
                        .build(Map.of(
                                "type",
                                "product_viewed",
                                "customer_id",
                                "shopper-" + number,
                                "event_id",
                                "e" + number,
                                "occurred_at",
                                Instant.ofEpochMilli(now).toString(),
                                "product_id",
                                "tent"));
                byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, null, now, key, encoder.encode(event)))
                        .get();
            }
            byte[] bad = "not avro".getBytes(StandardCharsets.UTF_8);
            byte[] key = "shopper-4".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, null, now, key, bad)).get();
            producer.send(new ProducerRecord<>(topic, null, now, key, bad)).get();
            producer.send(new ProducerRecord<>(topic, null, now, null, bad)).get();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a series, as text. */
    private double metric(String series) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series));
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
