// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.config.SegmentSettings;
import dev.segue.demo.Demo;
import dev.segue.demo.DemoSettings;
import dev.segue.event.Event;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person shops on the demo's page in a browser, with the real SDK, and sees the changes. */
class ShopPageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "cara-7";
    private static final Path SDK =
            Path.of("src", "main", "resources", "dev", "segue", "demo", "web", "analytics-next");
    private static final List<Path> BROWSERS = Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin").resolve(name))
            .toList();

    @TempDir
    Path directory;

    @Test
    void sdkIsTheUnchangedOneFromNpm() throws Exception {
        Path original = NodeClients.install().resolve("node_modules/@segment/analytics-next");
        try (Stream<Path> files = Files.list(SDK)) {
            assertThat(files.filter(file -> file.toString().endsWith(".js")))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(file)
                            .hasSameBinaryContentAs(
                                    original.resolve("dist/umd").resolve(String.valueOf(file.getFileName()))));
        }
        assertThat(SDK.resolve("LICENSE.md")).hasSameBinaryContentAs(original.resolve("LICENSE.MD"));
    }

    @Test
    void shoppersActsArriveAsChanges() throws Exception {
        Path browser = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(browser != null, "no Chromium in " + BROWSERS + ": the shop page is not tested");
        Path modules = NodeClients.install();
        Path script = Files.copy(
                Path.of("src", "test", "node", "clients", "shop-page.js"),
                modules.resolve("shop-page.js"),
                StandardCopyOption.REPLACE_EXISTING);
        StringWriter screen = new StringWriter();
        Demo demo = new Demo(settings(), new PrintWriter(screen));
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread running = new Thread(() -> run(demo, failure));
        running.start();
        try {
            String page = printed(running, screen, "Shop page: (\\S+)");
            List<JsonNode> told = shop(List.of("node", script.toString(), page, browser.toString(), CUSTOMER));
            assertThat(values(told, "error")).isEmpty();
            assertThat(values(told, "console")).isEmpty();
            assertThat(values(told, "foreign")).isEmpty();
            assertThat(values(told, "posted"))
                    .allMatch(address -> address.matches("http://127\\.0\\.0\\.1:\\d+/v1/[pti]"))
                    .noneMatch(address -> address.startsWith(page.replaceFirst("/shop$", "/")));
            assertThat(values(told, "change"))
                    .anyMatch(change -> change.startsWith("ENTERED cart-abandoned ")
                            && change.contains("not logged in deadline: cart.count() = 2"))
                    .anyMatch(change -> change.startsWith("ENTERED ordering ") && change.contains(CUSTOMER));
            assertThat(values(told, "ended")).containsExactly("true");
            List<Event> events = events(printed(running, screen, "Kafka listens on ([^ ,]+)"));
            assertThat(events)
                    .extracting(event -> event.type().name())
                    .containsSubsequence("product_removed", "order_completed");
            assertThat(events)
                    .filteredOn(event -> event.type().name().equals("order_completed"))
                    .singleElement()
                    .satisfies(order -> assertThat(order.fields().toString()).contains("89.9"));
            ClientProcess.run("bash", "-c", printed(running, screen, "\n  (curl -fsS [^\n]*)"));
            readWithNode(running, screen, modules);
        } finally {
            demo.stop();
            running.join();
        }
        assertThat(failure).hasNullValue();
    }

    private static void run(Demo demo, AtomicReference<Exception> failure) {
        try {
            demo.run();
        } catch (Exception early) {
            failure.set(early);
        }
    }

    private DemoSettings settings() {
        return new DemoSettings(
                null,
                DemoSettings.USUAL_SPEED,
                7L,
                directory,
                0,
                0,
                0,
                0,
                Path.of("schemas"),
                Path.of("mappings", "segment.yaml"),
                SegmentSettings.in(Path.of("segments")),
                100,
                false);
    }

    private static String printed(Thread running, StringWriter screen, String pattern) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            Matcher found = Pattern.compile(pattern).matcher(screen.toString());
            if (found.find()) {
                return found.group(1);
            }
            assertThat(running.isAlive() && System.nanoTime() < end)
                    .as(screen.toString())
                    .isTrue();
            Thread.sleep(50);
        }
    }

    private static List<JsonNode> shop(List<String> command) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> told = new ArrayList<>();
        try (ClientProcess client = ClientProcess.start(Path.of("."), Map.of(), command)) {
            client.awaitSuccess();
            for (String line : client.printed().lines().toList()) {
                told.add(json.readTree(line));
            }
        }
        return told;
    }

    /** The sample of docs/connect.md reads the demo's topics with the demo's registry. */
    private static void readWithNode(Thread running, StringWriter screen, Path modules) throws Exception {
        Map<String, String> addresses = Map.of(
                "localhost:9092",
                printed(running, screen, "Kafka listens on ([^ ,]+)"),
                "http://localhost:8081",
                printed(running, screen, "schema registry on (\\S+?)\\. "));
        Path sample = DocSample.write("Reading in Node", addresses, modules.resolve("read-demo.js"));
        try (ClientProcess client = ClientProcess.start(Path.of("."), Map.of(), List.of("node", sample.toString()))) {
            client.awaitText("ENTERED " + CUSTOMER + " ordering ");
            client.awaitText("IN " + CUSTOMER + " ordering");
            client.awaitText("PROFILE " + CUSTOMER + " ");
            // The greeting's curl line has put a product into her cart.
            client.awaitText("ENTERED ann deciding ");
        }
    }

    private static List<String> values(List<JsonNode> told, String what) {
        return told.stream()
                .filter(line -> line.has(what))
                .map(line -> line.get(what).asText())
                .toList();
    }

    /** The customer's events, as the collector has written them. */
    private List<Event> events(String bootstrapServers) throws Exception {
        EventDecoder decoder = new EventDecoder(
                EventSchemas.read(Path.of("schemas", "events")),
                new DirectorySchemaRegistry(directory.resolve("registry")));
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("behavior-events").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(Duration.ofSeconds(1))) {
                    if (new String(polled.key(), StandardCharsets.UTF_8).equals(CUSTOMER)) {
                        events.add(decoder.decode(CUSTOMER, polled.value()));
                    }
                }
            }
        }
        return events;
    }
}
