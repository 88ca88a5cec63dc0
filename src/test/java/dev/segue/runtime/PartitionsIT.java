// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.HttpSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicCompression;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.runtime.operate.Erasure;
import dev.segue.runtime.operate.EventPublisher;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Producers with different partitioners, and added partitions, against a real broker. */
class PartitionsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PARTITIONS = 6;
    private static final int CUSTOMERS = 30;

    private static EmbeddedBroker broker;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI address;

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

    @Test
    void secondPartitionerDegradesHealthAndIsCounted() throws Exception {
        Settings settings = settings("murmur", Partitioner.MURMUR2);
        Monitoring monitoring = new Monitoring(settings);
        try (monitoring;
                Application application = started(settings, monitoring)) {
            publish(settings, Partitioner.MURMUR2);
            waitFor(() -> application.counts().applied() == CUSTOMERS);
            assertThat(Erasure.request(settings, "shopper-0", null, null, Instant.now())
                            .partitions())
                    .isEqualTo(PARTITIONS);
            waitFor(() -> application.counts().erasures() == PARTITIONS);
            assertThat(misplaced()).isZero();
            waitFor(() -> ready().statusCode() == 200);
            assertThat(ready().body()).doesNotContain("degraded");

            publish(settings, Partitioner.CRC32);
            waitFor(() -> application.counts().unaccounted() == 0
                    && application.counts().events() == 2 * CUSTOMERS + PARTITIONS);
            assertThat(misplaced()).isBetween(CUSTOMERS / 2.0, (double) CUSTOMERS);
            assertThat(ready().statusCode()).isEqualTo(200);
            assertThat(ready().body())
                    .startsWith("{\"ok\":true,\"degraded\":true,")
                    .contains("All of them match crc32")
                    .doesNotContain("shopper");
        }
    }

    @Test
    void producesWithConfiguredCrc32() throws Exception {
        Settings settings = settings("crc", Partitioner.CRC32);
        Monitoring monitoring = new Monitoring(settings);
        try (monitoring;
                Application application = started(settings, monitoring)) {
            publish(settings, Partitioner.CRC32);
            waitFor(() -> application.counts().applied() == CUSTOMERS);
            assertThat(misplaced()).isZero();
        }
    }

    @Test
    void sendsMisplacedEventsToTheirPartition() throws Exception {
        Settings settings = settings("reroute", Partitioner.REROUTE);
        Monitoring monitoring = new Monitoring(settings);
        try (monitoring;
                Application application = started(settings, monitoring)) {
            publish(settings, Partitioner.MURMUR2);
            publish(settings, Partitioner.CRC32);
            waitFor(() -> application.counts().applied() == 2 * CUSTOMERS
                    && application.counts().unaccounted() == 0);
            assertThat(application.counts().forwarded()).isBetween(CUSTOMERS / 2L, (long) CUSTOMERS);
            assertThat((long) misplaced()).isEqualTo(application.counts().forwarded());
            assertThat(metric("segue_customers")).isEqualTo(CUSTOMERS);
            assertThat(ready().body()).doesNotContain("degraded\":true");
        }
    }

    @Test
    void isNotReadyAfterPartitionsWereAdded() throws Exception {
        Settings settings = settings("grown", Partitioner.MURMUR2);
        Monitoring monitoring = new Monitoring(settings);
        try (monitoring;
                Application application = started(settings, monitoring);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            waitFor(() -> ready().statusCode() == 200);
            String topic = settings.topics().names().behaviorEvents();
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(PARTITIONS + 2)))
                    .all()
                    .get();
            waitFor(() -> ready().statusCode() == 503
                    && !application.checkPartitions().ok());
            assertThat(application.checkPartitions().why())
                    .startsWith("topic " + topic + " had 6 partitions when this processor started, and has 8 now");
        }
    }

    private Application started(Settings settings, Monitoring monitoring) throws Exception {
        Application application = Application.load(settings, Clock.systemUTC(), monitoring.meters());
        address = monitoring.open(application).orElseThrow();
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    private Settings settings(String name, Partitioner partitioner) throws Exception {
        Path segments = Files.createDirectories(directory.resolve("segments"));
        Files.writeString(segments.resolve("viewer.yaml"), "segment: viewer\nwhen: product_viewed.count() >= 1\n");
        TopicSettings topics = new TopicSettings(
                TopicNames.prefixed(name + "."),
                PARTITIONS,
                1,
                partitioner,
                TopicCompression.GZIP,
                Duration.ofDays(3650),
                Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(topics)
                .withHttp(HttpSettings.defaults().withPort(0))
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")));
    }

    /** One event of each customer, as `segue produce` sends it. */
    private static void publish(Settings settings, Partitioner partitioner) throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        EventEncoder encoder = new EventEncoder(schemas, new DirectorySchemaRegistry(settings.registryDirectory()));
        ClientSettings client = new ClientSettings(settings.bootstrapServers(), Map.of());
        try (EventPublisher publisher =
                EventPublisher.open(client, settings.topics().names().behaviorEvents(), encoder, partitioner)) {
            for (int number = 0; number < CUSTOMERS; number++) {
                publisher.send(event(schemas, "shopper-" + number, partitioner.label() + number));
            }
            publisher.flush();
            assertThat(publisher.delivered()).isEqualTo(CUSTOMERS);
        }
    }

    private static Event event(EventSchemas schemas, String customer, String id) throws Exception {
        return new EventBuilder(schemas.vocabulary())
                .build(Map.of(
                        "type",
                        "product_viewed",
                        "customer_id",
                        customer,
                        "event_id",
                        id,
                        "occurred_at",
                        Instant.now().toString(),
                        "product_id",
                        "tent"));
    }

    private HttpResponse<String> ready() throws Exception {
        return get("/health/ready");
    }

    private double misplaced() throws Exception {
        return metric("segue_events_misplaced_total");
    }

    private double metric(String name) throws Exception {
        String series = name + " ";
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void waitFor(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
