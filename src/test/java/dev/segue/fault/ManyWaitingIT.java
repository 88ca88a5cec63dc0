// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.runtime.Application;
import dev.segue.runtime.operate.ProductSender;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many customers wait for one product: when it is back, all are told, and live traffic is not delayed. */
@Tag("faults")
class ManyWaitingIT {
    private static final int CROWD = Integer.getInteger("segue.crowd", 100_000);
    private static final int LIVE = 300;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int TIMES = 3;

    @TempDir
    Path directory;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<Instant> instants = ConcurrentHashMap.newKeySet();
    private final Set<Cause> causes = ConcurrentHashMap.newKeySet();

    @Test
    void factsReachAllWithoutBlockingLiveTraffic() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker);
            try (LiveShop shop = new LiveShop(settings, this::take);
                    Application application = Application.load(settings, Instant::now)) {
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                shop.listen();
                EventBuilder events = new EventBuilder(
                        EventSchemas.read(settings.schemas().resolve("events")).vocabulary());
                for (int number = 0; number < CROWD; number++) {
                    Event view = events.build(Map.of(
                            "type",
                            "product_viewed",
                            "customer_id",
                            "crowd-" + number,
                            "event_id",
                            "e" + number,
                            "occurred_at",
                            Instant.now().toString(),
                            "product_id",
                            "tent"));
                    shop.send(view, view.time());
                }
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (application.counts().applied() < CROWD && System.nanoTime() < end) {
                    Thread.sleep(100);
                }
                assertThat(application.counts().applied()).isEqualTo(CROWD);
                live(shop, "at first", LIVE);
                shop.awaitAllTold();
                for (int time = 1; time <= TIMES; time++) {
                    tellAll(settings, shop, time);
                }
                assertThat(shop.twice()).isEmpty();
            }
        }
    }

    private void tellAll(Settings settings, LiveShop shop, int time) throws Exception {
        told.clear();
        instants.clear();
        String before = "before " + time;
        String meanwhile = "meanwhile " + time;
        live(shop, before, LIVE);
        shop.awaitAllTold();
        assertThat(told).as("told before anything was known").isEmpty();
        long start = System.nanoTime();
        assertThat(ProductSender.send(settings, List.of(stock(time % 2)))).isEqualTo(1);
        for (int batch = 0; told.size() < CROWD && System.nanoTime() - start < PATIENCE.toNanos(); batch++) {
            live(shop, meanwhile + ", " + batch, LIVE / 10);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        shop.awaitAllTold();
        System.out.println("many waiting: " + CROWD + " told within " + millis + " ms; " + shop.latency(before) + "; "
                + shop.latency(meanwhile));
        assertThat(told).hasSize(CROWD);
        assertThat(instants).as("instants").hasSize(1);
        assertThat(causes).containsExactly(Cause.PRODUCT);
    }

    private static ProductFacts stock(long pieces) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = pieces;
        return new ProductFacts("tent", 0, new Fields(ProductFacts.TYPE, values));
    }

    private Settings settings(EmbeddedBroker broker) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(
                segments.resolve("back.yaml"),
                "segment: back\nwhen: product_viewed.exists(v, product(v.product_id).stock > 0)\n");
        Files.writeString(segments.resolve("live.yaml"), LiveShop.DEFINITION);
        Settings usual = Settings.defaults();
        return usual.withApplicationId("waiting")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("waiting."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }

    /** One new customer every ten milliseconds. */
    private static void live(LiveShop shop, String when, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            shop.sendLive(when + "-" + number, Instant.now());
            Thread.sleep(10);
        }
    }

    private void take(Change change) {
        told.add(change.customerId());
        instants.add(change.effectiveAt());
        causes.add(change.cause());
    }
}
