// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.Main;
import dev.segue.delivery.Decisions;
import dev.segue.delivery.DeliveryStage;
import dev.segue.delivery.FirstArrivals;
import dev.segue.delivery.Receiver;
import dev.segue.delivery.Receiver.Reply;
import dev.segue.demo.broker.EmbeddedBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code segue deliver} as a process that is killed and frozen while its receiver fails, hangs and asks to be left alone:
 * every letter arrives, each customer's in order, and nothing that was cancelled before it is sent after that was
 * acknowledged.
 */
class KilledDeliveryIT {
    private static final int CUSTOMERS = 50;
    private static final Pattern HEALTH = Pattern.compile("health and metrics at (\\S+?),");

    /** A letter is cancelled while its first attempt has failed, and the next one is far off. */
    private static final String CANCELLED = "z";

    @TempDir
    Path directory;

    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> sentAfterCancel = ConcurrentHashMap.newKeySet();

    @Test
    void nothingIsLostByKill() throws Exception {
        killed(2_000, 2);
    }

    @Test
    @Tag("faults")
    void nothingIsLostByManyKills() throws Exception {
        killed(40_000, 25);
    }

    private Reply script(Receiver.Got got) {
        if (acknowledged.contains(got.id())) {
            sentAfterCancel.add(got.id());
        }
        if (got.id().startsWith(CANCELLED)) {
            return Reply.of(500);
        }
        int attempt = tries.merge(got.id(), 1, Integer::sum);
        int kind = Math.floorMod(got.id().hashCode(), 40);
        if (attempt > 1 || kind > 5) {
            return Reply.of(200).after(Duration.ofMillis(kind == 6 ? 40 : 2));
        }
        return switch (kind) {
            case 0 -> Reply.of(500);
            case 1 -> Reply.of(404);
            case 2 -> Reply.of(503).after(Duration.ofMillis(50));
            case 3 -> Reply.of(200).after(Duration.ofMillis(900));
            case 4 -> Reply.of(429).with("Retry-After", "0");
            default -> Reply.of(302).with("Location", "/elsewhere");
        };
    }

    private void killed(int letters, int kills) throws Exception {
        long begun = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Receiver receiver = new Receiver(0, this::script);
                DeliveryStage stage = new DeliveryStage(broker.bootstrapServers(), "killed", directory, List.of())) {
            Path settings = settings(stage, receiver.url());
            List<String> ids = new ArrayList<>();
            Random random = new Random(7);
            ChildJvm process = start(settings);
            decideDoomed(stage);
            DeliveryStage.await("the doomed were tried", () -> new HashSet<>(receiver.ids()).size() == CUSTOMERS);
            DeliveryStage.await("they are stored", () -> stage.letters().size() == CUSTOMERS);
            cancelDoomed(stage);
            for (int kill = 0; kill < kills; kill++) {
                decide(stage, ids, letters / (kills + 1));
                int before = new HashSet<>(receiver.ids()).size();
                DeliveryStage.await(
                        "some arrive", () -> new HashSet<>(receiver.ids()).size() > before + letters / (kills + 1) / 4);
                Thread.sleep(random.nextInt(300));
                if (kill % 3 == 1) {
                    freezeWhileAnotherTakesOver(process, settings, receiver);
                } else {
                    process.kill();
                }
                process.kill();
                process = start(settings);
            }
            decide(stage, ids, letters - ids.size());
            DeliveryStage.await("all arrive", () -> receiver.ids().containsAll(new HashSet<>(ids)));
            DeliveryStage.await("all is committed", () -> stage.isAllCommitted("crm"));
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
            URI metrics = health(process).resolve("/metrics");
            assertThat(get(metrics).body()).contains("segue_delivery_waiting{endpoint=\"crm\"} 0.0");
            assertThat(process.terminate()).isEqualTo(143);
            List<String> arrived = receiver.ids().stream()
                    .filter(id -> !id.startsWith(CANCELLED))
                    .toList();
            FirstArrivals.requireOrder(arrived);
            assertThat(sentAfterCancel).isEmpty();
            System.out.println("deliver: " + ids.size() + " letters in " + arrived.size() + " requests over " + kills
                    + " kills in " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
        }
    }

    /** A process that thaws has lost its partitions to another one, and may only find that out. */
    private void freezeWhileAnotherTakesOver(ChildJvm process, Path settings, Receiver receiver) throws Exception {
        process.freeze();
        try (ChildJvm other = start(settings)) {
            int before = receiver.got().size();
            DeliveryStage.await("the other delivers", () -> receiver.got().size() > before + 20);
            process.thaw();
            Thread.sleep(1_000);
            other.requireAlive();
        }
    }

    private void decideDoomed(DeliveryStage stage) {
        List<Decisions> doomed = new ArrayList<>();
        for (int number = 0; number < CUSTOMERS; number++) {
            doomed.add(
                    Decisions.send(CANCELLED + number, CANCELLED + "-" + number).at(Instant.now()));
        }
        stage.decideAll(doomed);
    }

    private void cancelDoomed(DeliveryStage stage) throws Exception {
        List<Decisions> cancellations = new ArrayList<>();
        for (int number = 0; number < CUSTOMERS; number++) {
            cancellations.add(Decisions.cancelled(CANCELLED + number, CANCELLED + "-" + number)
                    .at(Instant.now()));
        }
        stage.decideAll(cancellations);
        DeliveryStage.await("the cancellations are acknowledged", () -> stage.isAllCommitted("crm"));
        for (int number = 0; number < CUSTOMERS; number++) {
            acknowledged.add(CANCELLED + "-" + number);
        }
    }

    private static void decide(DeliveryStage stage, List<String> ids, int count) {
        List<Decisions> decisions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int number = ids.size();
            String customer = "c" + number % CUSTOMERS;
            String id = customer + "-" + number;
            ids.add(id);
            decisions.add(Decisions.send(customer, id).at(Instant.now()));
        }
        stage.decideAll(decisions);
    }

    private Path settings(DeliveryStage stage, URI url) throws Exception {
        return Files.writeString(directory.resolve("deliver.yaml"), """
                application_id: killed
                bootstrap_servers: '%s'
                registry: {directory: '%s'}
                topics: {prefix: killed.}
                http: {port: 0}
                delivery:
                  retries: [200ms, 3s, 3s, 3s, 3s, 3s, 3s, 3s, 3s, 3s]
                  endpoints:
                    crm: {kind: webhook, url: '%s', channels: [email], rate: 100000/s, concurrency: 16, timeout: 700ms,
                      allow_private: true}
                """.formatted(
                        stage.settings.bootstrapServers(), stage.settings.registryDirectory(), url));
    }

    private ChildJvm start(Path settings) throws Exception {
        return ChildJvm.start(directory, Main.class, "deliver", "--config", settings.toString());
    }

    private static URI health(ChildJvm process) throws Exception {
        FaultStage.await("it listens", () -> {
            process.requireAlive();
            return HEALTH.matcher(process.said()).find();
        });
        Matcher found = HEALTH.matcher(process.said());
        assertThat(found.find()).isTrue();
        return URI.create(found.group(1));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
