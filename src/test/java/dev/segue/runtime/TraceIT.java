// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ClientSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.StoreSettings;
import dev.segue.config.TopicSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.replay.EventReader;
import dev.segue.replay.Replay;
import dev.segue.replay.Traces;
import dev.segue.replay.Until;
import dev.segue.runtime.operate.EventPublisher;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.ChangeJson;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A real trace through the application yields the same changes as a replay of the file. */
class TraceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    static final Duration AFTER_THE_LAST = Duration.ofHours(2);

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void yieldsSameChangesAsReplay(TestInfo test) throws Exception {
        List<Event> events = events();
        Settings settings = settings(test);
        freezeBefore(events);
        try (Application application = started(settings)) {
            publish(settings, events);
            waitFor(() -> application.counts().events() == events.size());
            letTimePass(events);
            assertThat(replay()).as("the trace has something to say").hasSizeGreaterThan(100);
            assertThat(readChanges(settings, replay().size())).isEqualTo(byCustomer(replay()));
            Counts counts = new Counts(application);
            assertThat(counts.accounted()).isEqualTo(events.size());
            assertThat(counts.deadLettered()).isZero();
        }
    }

    @Test
    void losesAndRepeatsNothingAcrossRestart(TestInfo test) throws Exception {
        List<Event> events = events();
        Settings settings = settings(test);
        freezeBefore(events);
        try (Application application = started(settings)) {
            publish(settings, events.subList(0, events.size() / 2));
            // In the middle of the events, with an open transaction.
            waitFor(() -> application.counts().events() > events.size() / 8);
        }
        // Another directory: local state is lost and restored from the changelog.
        Settings moved =
                settings.withProcessing(settings.processing().withStateDirectory(directory.resolve("another-machine")));
        try (Application application = started(moved)) {
            publish(settings, events.subList(events.size() / 2, events.size()));
            waitFor(() -> application.counts().events() > events.size() / 2);
            waitUntilQuiet(application);
            letTimePass(events);
            assertThat(readChanges(settings, replay().size())).isEqualTo(byCustomer(replay()));
        }
    }

    @Test
    void inMemoryAtLeastOnceYieldsSameChangesWithoutFailure(TestInfo test) throws Exception {
        List<Event> events = events();
        Settings usual = settings(test);
        ProcessingSettings processing = usual.processing();
        Settings settings = usual.withProcessing(new ProcessingSettings(
                ProcessingSettings.Guarantee.AT_LEAST_ONCE,
                2,
                processing.stateDirectory(),
                new StoreSettings(StoreSettings.Kind.IN_MEMORY, 64, 0, 1, 0),
                processing.standbyReplicas(),
                processing.commitInterval(),
                processing.linger(),
                processing.tickInterval(),
                processing.drain(),
                processing.startPatience()));
        freezeBefore(events);
        try (Application application = started(settings)) {
            publish(settings, events);
            waitFor(() -> application.counts().events() == events.size());
            letTimePass(events);
            assertThat(readChanges(settings, replay().size())).isEqualTo(byCustomer(replay()));
        }
    }

    private record Counts(Application application) {
        long accounted() {
            var counts = application.counts();
            return counts.applied() + counts.duplicates() + counts.deadLettered();
        }

        long deadLettered() {
            return application.counts().deadLettered();
        }
    }

    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        try (EventReader reader = Traces.open("rees46-multicategory-1h.csv.gz", "rees46")) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }

    static List<Change> replay() throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        List<Definition> definitions =
                new DefinitionReader(schemas.vocabulary()).read(SegmentFiles.read(List.of(Path.of("segments"))));
        try (EventReader reader = Traces.open("rees46-multicategory-1h.csv.gz", "rees46")) {
            return new Replay(Plan.compile(definitions, schemas.vocabulary()))
                    .run(reader, new Until.AfterLast(AFTER_THE_LAST.toMillis()))
                    .changes();
        }
    }

    /** No tick may be later than an event that is still to come, or that event would be late. */
    private void freezeBefore(List<Event> events) {
        long first = events.stream().mapToLong(Event::time).min().orElseThrow();
        clock.set(Instant.ofEpochMilli(first - 1));
    }

    private void letTimePass(List<Event> events) {
        long last = events.stream().mapToLong(Event::time).max().orElseThrow();
        clock.set(Instant.ofEpochMilli(last).plus(AFTER_THE_LAST));
    }

    static void publish(Settings settings, List<Event> events) throws Exception {
        EventEncoder encoder = new EventEncoder(
                EventSchemas.read(settings.schemas().resolve("events")),
                new DirectorySchemaRegistry(settings.registryDirectory()));
        try (EventPublisher publisher = EventPublisher.open(
                client(settings), settings.topics().names().behaviorEvents(), encoder, Partitioner.MURMUR2)) {
            events.forEach(publisher::send);
            publisher.flush();
            assertThat(publisher.failed()).isZero();
        }
    }

    /** Waits for the expected number of changes, and then a little for surplus ones. */
    static Map<String, List<String>> readChanges(Settings settings, int expected) {
        ChangeCodec codec = new ChangeCodec(
                new DirectorySchemaRegistry(settings.registryDirectory()),
                settings.topics().names().changes());
        List<Change> changes = new ArrayList<>();
        try (TopicFeed<Change> feed =
                TopicFeed.open(client(settings), settings.topics().names().changes(), codec::decode)) {
            feed.fromBeginning();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (changes.size() < expected && System.nanoTime() < end) {
                changes.addAll(feed.poll(Duration.ofMillis(200)));
            }
            for (int more = 0; more < 10; more++) {
                changes.addAll(feed.poll(Duration.ofMillis(200)));
            }
            assertThat(feed.foreign()).isZero();
        }
        return byCustomer(changes);
    }

    /** Each customer's changes in order, as JSON without {@code detected_at}. */
    static Map<String, List<String>> byCustomer(List<Change> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(Change::effectiveAt))
                .collect(Collectors.groupingBy(
                        Change::customerId,
                        TreeMap::new,
                        Collectors.mapping(
                                change -> ChangeJson.write(change).replaceFirst("\"detected_at\":\"[^\"]*\",", ""),
                                Collectors.toList())));
    }

    private Application started(Settings settings) throws Exception {
        Application application = Application.load(settings, clock::get);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    private Settings settings(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        TopicSettings topics = new TopicSettings(
                dev.segue.config.TopicNames.prefixed(name + "."), 4, 1, Duration.ofDays(3650), Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.defaults(), directory.resolve("registry"))
                .withTopics(topics)
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")));
    }

    private static ClientSettings client(Settings settings) {
        return new ClientSettings(settings.bootstrapServers(), Map.of());
    }

    private static void waitUntilQuiet(Application application) throws InterruptedException {
        long seen = -1;
        while (application.counts().events() != seen) {
            seen = application.counts().events();
            Thread.sleep(3000);
        }
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
