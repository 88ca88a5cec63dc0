// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.collector.BrokerCollector;
import dev.segue.event.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed while trackers send: whatever the collector acknowledged is in the topic. */
@Tag("faults")
class CollectorBrokerKilledIT {
    private static final int SENDERS = 4;
    private static final int BATCH = 50;
    private static final int KILLS = 3;
    private static final int BETWEEN = 40;

    @TempDir
    Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        try (FaultStage stage = FaultStage.withoutSegments(directory);
                BrokerCollector collector = new BrokerCollector(stage.bootstrapServers(), "killed", directory)) {
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            URI address = URI.create(collector.collector.address() + "/v1/batch?writeKey=" + BrokerCollector.KEY);
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.execute(() -> send(address));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitAcknowledged(BETWEEN);
                stage.killBroker();
                int refused = count(503);
                FaultStage.await("senders are refused", () -> count(503) > refused);
                stage.startBroker();
            }
            awaitAcknowledged(BETWEEN);
            ended.set(true);
            senders.shutdown();
            assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            Set<String> stored =
                    collector.events().stream().map(Event::eventId).collect(Collectors.toCollection(HashSet::new));
            System.out.println(
                    "acknowledged " + acknowledged.size() + ", stored " + stored.size() + ", by status " + statuses);
            assertThat(statuses.keySet()).containsExactlyInAnyOrder(200, 503);
            assertThat(stored).containsAll(acknowledged);
        }
    }

    private void awaitAcknowledged(int more) throws Exception {
        int goal = count(200) + more;
        FaultStage.await(more + " more batches are acknowledged", () -> count(200) >= goal);
    }

    private int count(int status) {
        return statuses.computeIfAbsent(status, any -> new AtomicInteger()).get();
    }

    private void send(URI address) {
        HttpClient client = HttpClient.newHttpClient();
        while (!ended.get()) {
            int batch = batches.incrementAndGet();
            String messages = IntStream.range(0, BATCH)
                    .mapToObj(number -> "{\"type\":\"page\",\"messageId\":\"%d-%d\",\"userId\":\"c%d\"}"
                            .formatted(batch, number, (batch + number) % 997))
                    .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofMinutes(1))
                    .POST(HttpRequest.BodyPublishers.ofString(messages))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == 200) {
                    IntStream.range(0, BATCH).forEach(number -> acknowledged.add(batch + "-" + number));
                }
                statuses.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
            } catch (IOException lost) {
                statuses.computeIfAbsent(-1, any -> new AtomicInteger()).incrementAndGet();
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }
}
