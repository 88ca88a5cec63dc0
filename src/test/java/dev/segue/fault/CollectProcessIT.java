// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.Main;
import dev.segue.collector.BrokerCollector;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code segue collect} as a process of its own, which receives real signals. */
class CollectProcessIT {
    /** The JVM's exit code after SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final int SENDERS = 4;
    private static final int BATCH = 50;
    private static final String COLLECTS = "collecting at (\\S+)";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static BrokerCollector stage;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger batches = new AtomicInteger();

    /** The stage creates the topics and reads them; its own collector is idle. */
    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        stage = new BrokerCollector(broker.bootstrapServers(), "process", directory);
    }

    @AfterAll
    static void stopBroker() {
        stage.close();
        broker.close();
    }

    @Test
    void everythingAcknowledgedUntilSigtermIsStored() throws Exception {
        try (ChildJvm collector =
                start("serving", "http: {port: 0}", "port: 0, keys: {test: {key: %s, events_per_second: 1000000}}")) {
            URI address = URI.create(printed(collector, COLLECTS));
            URI health = URI.create(printed(collector, "health and metrics at (\\S+?),"));
            FaultStage.await("it is ready", () -> get(health).statusCode() == 200);
            assertThat(get(health).body()).contains("\"collector\"", "takes messages");

            assertThat(post(address, 0)).isEqualTo(200);
            assertThat(stage.events()).extracting(Event::eventId).contains("0-0", "0-" + (BATCH - 1));
            assertThat(get(health.resolve("/metrics")).body()).contains("segue_collector_events_total " + BATCH);

            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.execute(() -> sendUntilRefused(address));
            }
            FaultStage.await("trackers send", () -> acknowledged.size() > 100 * BATCH);
            long begun = System.nanoTime();
            assertThat(collector.terminate()).isEqualTo(TERMINATED);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            senders.shutdown();
            assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            Set<String> stored = stage.events().stream().map(Event::eventId).collect(Collectors.toSet());
            System.out.println("collect: stopped in " + took.toMillis() + " ms; acknowledged " + acknowledged.size()
                    + ", stored " + stored.size());
            assertThat(took).isLessThan(LONGEST_STOP);
            assertThat(stored).containsAll(acknowledged);
            assertThat(collector.said()).doesNotContain("\tat ", "ERROR");
        }
    }

    @Test
    void invalidSettingsEndItWithTwo() throws Exception {
        try (ChildJvm collector = start("invalid", "http: {port: 0}", "port: 70000, mapping: nowhere.yaml")) {
            assertThat(collector.awaitEnd(FaultStage.PATIENCE)).isEqualTo(2);
            String place = directory.resolve("collect-invalid.yaml") + ":5:";
            assertThat(collector.said().lines())
                    .containsExactly(
                            place + "1: collector.keys must have at least one key",
                            place + "19: collector.port must be from 0 to 65535, not 70000",
                            place
                                    + "35: collector.mapping must name the mapping from messages to events: there is no file"
                                    + " 'nowhere.yaml'. The shipped one is mappings/segment.yaml");
        }
    }

    @Test
    void portInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "port: " + taken.getLocalPort();
            String sentence = "failed: Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                    + " (Address already in use). Set another port under '%s.port'; 0 takes a free one.";
            try (ChildJvm collector =
                    start("port", "http: {port: 0}", port + ", keys: {test: {key: %s, events_per_second: 1000000}}")) {
                assertThat(collector.awaitEnd(FaultStage.PATIENCE)).isEqualTo(1);
                assertThat(lastLine(collector)).isEqualTo(sentence.formatted("collector"));
                assertThat(collector.said()).doesNotContain("\tat ");
            }
            try (ChildJvm collector = start(
                    "health", "http: {" + port + "}", "port: 0, keys: {test: {key: %s, events_per_second: 1000000}}")) {
                assertThat(collector.awaitEnd(FaultStage.PATIENCE)).isEqualTo(1);
                assertThat(lastLine(collector)).isEqualTo(sentence.formatted("http"));
                assertThat(collector.said()).doesNotContain("\tat ");
            }
        }
    }

    private static String lastLine(ChildJvm process) {
        return process.said().lines().reduce("", (before, line) -> line);
    }

    /** @param collector settings, with a place for the key */
    private static ChildJvm start(String name, String http, String collector) throws IOException {
        String settings = """
                bootstrap_servers: '%s'
                registry: {directory: '%s'}
                topics: {prefix: process.}
                %s
                collector: {%s}
                """.formatted(
                        broker.bootstrapServers(),
                        stage.settings.registryDirectory(),
                        http,
                        collector.formatted(BrokerCollector.KEY));
        Path file = Files.writeString(directory.resolve("collect-" + name + ".yaml"), settings);
        return ChildJvm.start(directory, Main.class, "collect", "--config", file.toString());
    }

    private static String printed(ChildJvm process, String pattern) throws Exception {
        Pattern compiled = Pattern.compile(pattern);
        FaultStage.await("it prints " + pattern, () -> {
            process.requireAlive();
            return compiled.matcher(process.said()).find();
        });
        Matcher found = compiled.matcher(process.said());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void sendUntilRefused(URI address) {
        try {
            int status = 200;
            while (status == 200) {
                status = post(address, batches.incrementAndGet());
            }
        } catch (IOException gone) {
            // The process has ended.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int post(URI address, int batch) throws IOException, InterruptedException {
        String messages = IntStream.range(0, BATCH)
                .mapToObj(number -> "{\"type\":\"page\",\"messageId\":\"%d-%d\",\"userId\":\"c%d\"}"
                        .formatted(batch, number, (batch + number) % 97))
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/batch?writeKey=" + BrokerCollector.KEY))
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofString(messages))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status == 200) {
            IntStream.range(0, BATCH).forEach(number -> acknowledged.add(batch + "-" + number));
        }
        return status;
    }
}
