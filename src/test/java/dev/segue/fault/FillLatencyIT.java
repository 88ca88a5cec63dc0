// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.runtime.Application;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.serde.event.EventSchemas;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 41: an edit concerns every customer and a long past, and must not delay live traffic. Prints how long it does. */
@Tag("faults")
class FillLatencyIT {
    private static final long SEED = 20_261_203;
    private static final int EVENTS = Integer.getInteger("segue.fill.events", 600_000);
    private static final int CUSTOMERS = Integer.getInteger("segue.fill.customers", 200_000);
    private static final int FILLED = Integer.getInteger("segue.fill.filled", EVENTS / 10);
    private static final int LIVE = 1_000;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KEEN = "segment: keen\nwhen: product_viewed.within('30d').count() >= %d\n";

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(RandomShop.START);
    private final Set<String> keen = ConcurrentHashMap.newKeySet();
    private final Map<String, CustomerState> customers = new HashMap<>();
    private Vocabulary vocabulary;
    private Settings settings;
    private LiveShop live;
    private Application application;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    @Test
    void liveEventsWhileOneDefinitionIsFilled() throws Exception {
        run(EVENTS, FILLED, LiveShop.DEFINITION, () -> {
            long ended = edit("fill", LiveShop.DEFINITION, KEEN.formatted(3));
            System.out.printf(
                    "fill: %,d events of %,d customers, by %s%n",
                    EVENTS, FILLED, ended == 0 ? "no thread" : perSecond(EVENTS, ended));
        });
    }

    @Test
    void liveEventsWhileAThresholdChanges() throws Exception {
        run(2 * CUSTOMERS, CUSTOMERS, LiveShop.DEFINITION + "\n---\n" + KEEN.formatted(3), () -> {
            edit("threshold", LiveShop.DEFINITION, KEEN.formatted(2));
            edit("next threshold", LiveShop.DEFINITION, KEEN.formatted(1));
        });
    }

    private interface Story {
        void tell() throws Exception;
    }

    private void run(int events, int people, String definitions, Story story) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            settings = settings(broker, definitions);
            try (LiveShop opened = new LiveShop(settings, this::take);
                    Application started = Application.load(settings, clock::get)) {
                live = opened;
                application = started;
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                live.listen();
                send(events, people);
                // The first answers of a program that has just started are slow for other reasons.
                live("at first", LIVE);
                live.awaitAllTold();
                story.tell();
                assertThat(live.twice()).isEmpty();
            }
        }
    }

    private void send(int events, int people) throws Exception {
        RandomShop shop = new RandomShop(SEED, vocabulary, people);
        // Keeps as much as the edits need.
        Plan plan = Plan.compile(definitions(KEEN.formatted(3)), vocabulary);
        long applied = application.counts().applied();
        long received = 0;
        for (int sent = 0; sent < events; sent++) {
            Event event = shop.events(1).get(0);
            received = Math.max(received, event.time());
            live.send(event, received);
            var unused = plan.apply(
                    customers.computeIfAbsent(event.customerId(), CustomerState::new),
                    event,
                    Long.MIN_VALUE,
                    event.time());
        }
        LiveShop.await(
                () -> application.counts().applied() + application.counts().duplicates() >= applied + events);
        clock.set(Instant.ofEpochMilli(shop.now()));
    }

    private List<dev.segue.definition.Definition> definitions(String text) throws Exception {
        return new DefinitionReader(vocabulary).read(FillReference.files(List.of(text)));
    }

    /**
     * Measures live events before an edit and until it is done.
     *
     * @return the CPU time of the thread that reads past events, in nanoseconds; 0 if there is none
     */
    private long edit(String name, String... definitions) throws Exception {
        Set<String> due = new HashSet<>();
        Plan plan = Plan.compile(definitions(definitions[1]), vocabulary);
        customers.forEach((customer, state) -> {
            var unused = plan.advance(state, clock.get().toEpochMilli(), 0);
            if (!state.memberships().isEmpty()) {
                due.add(customer);
            }
        });
        assertThat(due).isNotEmpty().isNotEqualTo(keen);
        live(name + " before", LIVE);
        live.awaitAllTold();
        long start = System.nanoTime();
        publish(definitions);
        long cpu = 0;
        for (int batch = 0; !keen.equals(due); batch++) {
            live(name + " meanwhile " + batch, LIVE / 50);
            cpu = Math.max(cpu, pastCpu());
            assertThat(System.nanoTime() - start)
                    .as("%d of %d", keen.size(), due.size())
                    .isLessThan(PATIENCE.toNanos());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        live.awaitAllTold();
        System.out.println(name + ": " + due.size() + " of " + customers.size() + " customers are keen after " + millis
                + " ms; " + live.latency(name + " before") + "; " + live.latency(name + " meanwhile"));
        return cpu;
    }

    private void publish(String... definitions) throws Exception {
        Candidate next = Candidate.of(
                settings, new DefinitionReader(vocabulary).check(FillReference.files(List.of(definitions)), List.of()));
        PublishedDefinitions sets = new PublishedDefinitions(settings);
        sets.publish(sets.read().latestRevision(), log -> next.after(log, clock.get()));
    }

    private static long pastCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("segue-past")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return 0;
    }

    private static String perSecond(long events, long nanos) {
        return "%,d ms of a core, %,d events a second".formatted(nanos / 1_000_000, events * 1_000_000_000L / nanos);
    }

    private Settings settings(EmbeddedBroker broker, String definitions) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("first.yaml"), definitions);
        Settings usual = Settings.defaults();
        return usual.withApplicationId("fill")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("fill."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }

    /** One new customer every ten milliseconds. */
    private void live(String when, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            live.sendLive(when + "-" + number, clock.get());
            Thread.sleep(10);
        }
    }

    private void take(Change change) {
        if (change.segment().equals("keen")) {
            if (change.kind() == Change.Kind.EXITED) {
                keen.remove(change.customerId());
            } else {
                keen.add(change.customerId());
            }
        }
    }
}
