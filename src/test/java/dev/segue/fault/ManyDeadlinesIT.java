// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 31: a hundred thousand deadlines at one instant must not delay live traffic. */
@Tag("faults")
class ManyDeadlinesIT {
    private static final int CROWD = Integer.getInteger("segue.crowd", 100_000);
    private static final int LIVE = 300;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The first time, the code is not compiled yet, as in a service that has just started. */
    private static final int TIMES = 3;

    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final Duration QUIET = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final Map<String, Instant> crowd = new ConcurrentHashMap<>();
    private final AtomicInteger twice = new AtomicInteger();

    @Test
    void firesAllAtExactInstantWithoutBlockingLiveTraffic() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker);
            try (LiveShop shop = new LiveShop(settings, this::takeCrowd);
                    Application application = Application.load(settings, clock::get)) {
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                shop.listen();
                // The first answers of a program that has just started are slow for other reasons.
                live(shop, "at first", LIVE);
                shop.awaitAllTold();
                for (int time = 1; time <= TIMES; time++) {
                    long applied = application.counts().applied();
                    crowd.clear();
                    for (int number = 0; number < CROWD; number++) {
                        shop.send("crowd-" + number, time + "-" + number, "product_viewed", clock.get());
                    }
                    LiveShop.await(() -> application.counts().applied() == applied + CROWD);
                    fireAll(shop, time);
                }
            }
        }
    }

    private void fireAll(LiveShop shop, int time) throws Exception {
        Instant due = clock.get().plus(QUIET);
        String before = "before " + time;
        String meanwhile = "meanwhile " + time;
        live(shop, before, LIVE);
        shop.awaitAllTold();
        clock.set(due.plusSeconds(1));
        long start = System.nanoTime();
        // Continues only until the deadlines of the crowd are published.
        for (int batch = 0; crowd.size() < CROWD; batch++) {
            live(shop, meanwhile + ", " + batch, LIVE / 10);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        shop.awaitAllTold();
        System.out.println("many deadlines: " + CROWD + " told within " + millis + " ms; " + shop.latency(before) + "; "
                + shop.latency(meanwhile));
        assertThat(crowd.values()).as("instants").containsOnly(due);
        assertThat(twice).as("told twice").hasValue(0);
        assertThat(shop.twice()).isEmpty();
    }

    private Settings settings(EmbeddedBroker broker) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("quiet.yaml"), """
                segment: quiet
                when: product_viewed.count() > 0 && product_viewed.within('1h').count() == 0
                """);
        Files.writeString(segments.resolve("live.yaml"), LiveShop.DEFINITION);
        Settings usual = Settings.defaults();
        return usual.withApplicationId("crowd")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("crowd."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }

    /** One new customer every ten milliseconds. */
    private void live(LiveShop shop, String when, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            shop.sendLive(when + "-" + number, clock.get());
            Thread.sleep(10);
        }
    }

    private void takeCrowd(Change change) {
        // They leave the segment at their next event.
        if (change.kind() == Change.Kind.ENTERED && crowd.put(change.customerId(), change.effectiveAt()) != null) {
            twice.incrementAndGet();
        }
    }
}
