// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.runtime.Application;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quiet hours end for very many customers at one instant: all are sent what waited, and live traffic is not delayed. */
class ManySendsIT {
    private static final int CROWD = Integer.getInteger("segue.crowd", 200_000);
    private static final int LIVE = 500;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The first time, the code is not compiled yet, as in a service that has just started. */
    private static final int TIMES = 3;

    private static final Instant SIX = Instant.parse("2025-11-01T06:00:00Z");
    /** Visits at six have ended. */
    private static final Instant EIGHT = Instant.parse("2025-11-01T08:00:00Z");

    private static final Instant NINE = Instant.parse("2025-11-01T09:00:00Z");
    private static final String DEFINITIONS = """
            segment: keen
            when: product_viewed.count() > 0
            ---
            channel: email
            consent: 'true'
            quiet: {from: '21:00', to: '09:00'}
            cap: {at_most: 2, per: week}
            ---
            trigger: morning-letter
            on: keen
            channel: email
            send: {template: "'morning-1'", product: product_viewed.latest().product_id}
            """;

    @TempDir
    Path directory;

    private final MorningClock clock = new MorningClock();
    private Application application;
    private LiveShop shop;
    private FollowedDecisions decisions;

    @Test
    void sendsAllOnceWhenQuietHoursEnd() throws Exception {
        send(20_000, 1, LIVE / 5);
    }

    @Test
    @Tag("faults")
    void sendsAllWithoutBlockingLiveTraffic() throws Exception {
        send(CROWD, TIMES, LIVE);
    }

    private void send(int crowd, int times, int live) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker);
            try (LiveShop opened = new LiveShop(settings, change -> {});
                    Application started = Application.load(settings, clock::now)) {
                shop = opened;
                application = started;
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                shop.listen();
                try (FollowedDecisions followed = new FollowedDecisions(settings)) {
                    decisions = followed;
                    // The first answers of a program that has just started are slow for other reasons.
                    live("at first", live);
                    shop.awaitAllTold();
                    EventBuilder events = new EventBuilder(
                            EventSchemas.read(settings.schemas().resolve("events"))
                                    .vocabulary());
                    for (int time = 1; time <= times; time++) {
                        clock.stand(SIX.plus(Duration.ofDays(time)));
                        gather(events, crowd, time);
                        endVisits(crowd, EIGHT.plus(Duration.ofDays(time)));
                        Instant nine = NINE.plus(Duration.ofDays(time));
                        sendAll(crowd, time, nine, live);
                    }
                }
            }
        }
    }

    /** Views a product before nine, so that something waits for nine. */
    private void gather(EventBuilder events, int crowd, int time) throws Exception {
        for (int number = 0; number < crowd; number++) {
            Event view = events.build(Map.of(
                    "type",
                    "product_viewed",
                    "customer_id",
                    "crowd-" + time + "-" + number,
                    "event_id",
                    time + "-" + number,
                    "occurred_at",
                    clock.now().toString(),
                    "product_id",
                    "tent"));
            shop.send(view, view.time());
        }
        LiveShop.await(() -> decisions.size() == crowd);
        assertThat(decisions.take()).extracting(TriggerDecision::kind).containsOnly(Kind.QUIET);
    }

    /** So that only triggers have something to do at nine. */
    private void endVisits(int crowd, Instant eight) throws Exception {
        long before = application.counts().deadlines();
        clock.stand(eight);
        LiveShop.await(() -> application.counts().deadlines() >= before + crowd);
    }

    private void sendAll(int crowd, int time, Instant nine, int live) throws Exception {
        String before = "before " + time;
        String meanwhile = "meanwhile " + time;
        live(before, live);
        shop.awaitAllTold();
        assertThat(decisions.size()).as("decided before nine").isZero();
        long start = System.nanoTime();
        clock.run(nine);
        // Continues only until the decisions are published.
        for (int batch = 0; decisions.size() < crowd && System.nanoTime() - start < PATIENCE.toNanos(); batch++) {
            live(meanwhile + ", " + batch, LIVE / 10);
        }
        long read = (decisions.lastAt() - start) / 1_000_000;
        shop.awaitAllTold();
        List<TriggerDecision> sent = decisions.take();
        System.out.println(
                "many sends: " + crowd + ", the last decided " + latest(sent, nine) + " ms after nine and read " + read
                        + " ms after; " + shop.latency(before) + "; " + shop.latency(meanwhile));
        assertThat(sent).hasSize(crowd);
        assertThat(sent).extracting(TriggerDecision::kind).containsOnly(Kind.SEND);
        assertThat(sent).extracting(TriggerDecision::decidedAt).containsOnly(nine);
        assertThat(sent).extracting(TriggerDecision::customerId).doesNotHaveDuplicates();
        assertThat(shop.twice()).isEmpty();
    }

    /** By the processor's clock. */
    private static long latest(List<TriggerDecision> sent, Instant nine) {
        return sent.stream()
                .mapToLong(decision ->
                        Duration.between(nine, decision.detectedAt()).toMillis())
                .max()
                .orElse(0);
    }

    /** One new customer every ten milliseconds. */
    private void live(String when, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            shop.sendLive(when + "-" + number, clock.now());
            Thread.sleep(10);
        }
    }

    private Settings settings(EmbeddedBroker broker) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("morning.yaml"), DEFINITIONS);
        Files.writeString(segments.resolve("live.yaml"), LiveShop.DEFINITION);
        Settings usual = Settings.defaults();
        return usual.withApplicationId("morning")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("morning."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }

    /** Stands still, or goes on from an instant. */
    private static final class MorningClock {
        private record Reading(Instant from, long nanos, boolean runs) {}

        private volatile Reading reading = new Reading(SIX, 0, false);

        void stand(Instant at) {
            reading = new Reading(at, 0, false);
        }

        void run(Instant from) {
            reading = new Reading(from, System.nanoTime(), true);
        }

        Instant now() {
            Reading known = reading;
            return known.runs() ? known.from().plusNanos(System.nanoTime() - known.nanos()) : known.from();
        }
    }
}
