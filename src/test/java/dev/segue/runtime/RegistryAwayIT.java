package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.RegistrySettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicSettings;
import dev.segue.demo.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.serde.EventBuilder;
import dev.segue.serde.EventEncoder;
import dev.segue.serde.EventSchemas;
import dev.segue.serde.HttpSchemaRegistry;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that goes away makes good records wait, and no dead letters. */
class RegistryAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final int EVENTS = 200;

    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean away;

    @Test
    void goodRecordsWaitUntilItIsBack(@TempDir Path directory) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        RegistrySettings registry = RegistrySettings.of(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .withRetries(2, Duration.ofMillis(20));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = Settings.defaults()
                    .withBootstrapServers(broker.bootstrapServers())
                    .withRegistry(registry)
                    .withTopics(TopicSettings.defaults().withPartitions(2))
                    .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory));
            try (Application application = Application.load(settings, () -> NOW)) {
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                // The producer's own registry object has the ids already; the processor's has not.
                EventEncoder encoder = new EventEncoder(
                        EventSchemas.read(settings.schemas().resolve("events")), new HttpSchemaRegistry(registry));
                encoder.encode(event(settings, 0));
                away = true;
                publish(settings, encoder);
                waitFor(() -> refusals.get() >= 6);
                assertThat(application.counts().applied()).isZero();
                away = false;
                waitFor(() -> application.counts().applied() >= EVENTS);
                assertThat(application.counts().deadLettered()).isZero();
            }
        } finally {
            server.stop(0);
        }
    }

    private static void publish(Settings settings, EventEncoder encoder) throws Exception {
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
                        encoder.encode(event(settings, number))));
            }
        }
    }

    private static Event event(Settings settings, int number) throws Exception {
        return new EventBuilder(
                        EventSchemas.read(settings.schemas().resolve("events")).vocabulary())
                .build(Map.of(
                        "type",
                        "product_viewed",
                        "customer_id",
                        "customer-" + number,
                        "event_id",
                        "e" + number,
                        "occurred_at",
                        NOW.toString(),
                        "product_id",
                        "p1"));
    }

    /** As much of Confluent's API as the client needs; 503 while it is away. */
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
            Thread.sleep(20);
        }
    }
}
