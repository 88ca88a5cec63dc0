// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.runtime.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 20: one customer causes more than half of the traffic, and the others must not be delayed. */
@Tag("faults")
class HotCustomerIT {
    private static final int SECONDS = Integer.getInteger("segue.hot.seconds", 15);
    /** Of a hundred events in a tenth of a second. */
    private static final int HOT = 57;

    private static final int LIVE = 10;
    private static final int PARTITIONS = 4;
    private static final int CUSTOMERS = 1000;
    private static final String[] TYPES = {"product_viewed", "page_viewed", "product_added", "cart_viewed"};

    @TempDir
    Path directory;

    private int sent;

    @Test
    void doesNotDelayOtherCustomers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker);
            try (LiveShop shop = new LiveShop(settings, change -> {});
                    Application application = Application.load(settings, InstantSource.system())) {
                application.start();
                assertThat(application.awaitRunning(Duration.ofMinutes(2))).isTrue();
                shop.listen();
                traffic(shop, "at first", false);
                traffic(shop, "alike", false);
                traffic(shop, "one hot", true);
                shop.awaitAllTold();
                LiveShop.await(() -> application.counts().events() == sent);
                System.out.println(
                        "hot customer: a thousand events a second under the catalogue, of one customer none or " + HOT
                                + " in a hundred; " + shop.latency("alike") + "; " + shop.latency("one hot"));
                assertThat(application.counts().applied()).isEqualTo(sent);
                assertThat(shop.twice()).isEmpty();
            }
        }
    }

    /** A thousand events per second, a hundred of them from new customers whose latency is measured. */
    private void traffic(LiveShop shop, String when, boolean hot) throws Exception {
        long start = System.nanoTime();
        for (int tenth = 0; tenth < SECONDS * 10; tenth++) {
            for (int number = 0; number < 100; number++) {
                String id = "e" + sent++;
                if (number % (100 / LIVE) == 0) {
                    shop.sendLive(when + " " + tenth + "-" + number, Instant.now());
                } else {
                    boolean isHot = hot && number % 100 < HOT * 100 / (100 - LIVE);
                    String customer = isHot ? "hot" : "c" + sent % CUSTOMERS;
                    shop.send(customer, id, TYPES[sent % TYPES.length], Instant.now());
                }
            }
            long due = start + (tenth + 1) * 100_000_000L;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
    }

    private Settings settings(EmbeddedBroker broker) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        try (Stream<Path> shipped = Files.list(Path.of("segments"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, segments.resolve(file.getFileName()));
            }
        }
        Files.writeString(segments.resolve("live.yaml"), LiveShop.DEFINITION);
        Settings usual = Settings.defaults();
        return usual.withApplicationId("hot")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("hot."), PARTITIONS, 1, Duration.ofDays(7), Duration.ofDays(1)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }
}
