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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Measures how long live events take before and while an edit concerns every customer, on a broker and a processor of its own. For one
 * run.
 */
public final class EditsRun {
    private static final long SEED = 20_261_203;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KEEN = "segment: keen\nwhen: product_viewed.within('30d').count() >= %d\n";

    private final Path directory;
    private final int events;
    private final int people;
    private final int liveEvents;
    private final AtomicReference<Instant> clock = new AtomicReference<>(RandomShop.START);
    private final Set<String> keen = ConcurrentHashMap.newKeySet();
    private final Map<String, CustomerState> customers = new HashMap<>();
    private final Vocabulary vocabulary;
    private final List<Edit> edits = new ArrayList<>();
    private Settings settings;
    private LiveShop live;
    private Application application;

    /**
     * What one edit did.
     *
     * @param members customers of the edited segment afterwards
     * @param customers all that were visited
     * @param millis from publishing until all changes had been published
     * @param before latency of live events before it
     * @param meanwhile their latency until it was done
     * @param pastCpuNanos CPU time of the thread that reads past events; 0 if nothing was filled
     * @param longestSteps the longest steps of the stream threads in the last half minute or so
     */
    public record Edit(
            String name,
            int members,
            int customers,
            long millis,
            Latency before,
            Latency meanwhile,
            long pastCpuNanos,
            String longestSteps) {}

    /**
     * @param events in the topic before the edit
     * @param people who cause them
     * @param liveEvents sent before each edit, one every ten milliseconds
     */
    public EditsRun(Path directory, int events, int people, int liveEvents) throws Exception {
        this.directory = directory;
        this.events = events;
        this.people = people;
        this.liveEvents = liveEvents;
        this.vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    /** Publishes a definition that is filled from all past events. */
    public List<Edit> fill() throws Exception {
        run(LiveShop.DEFINITION, () -> edit("fill", LiveShop.DEFINITION, KEEN.formatted(3)));
        return edits;
    }

    /** Publishes a definition with another threshold, twice; what it reads is kept already. */
    public List<Edit> thresholds() throws Exception {
        run(LiveShop.DEFINITION + "\n---\n" + KEEN.formatted(3), () -> {
            edit("threshold", LiveShop.DEFINITION, KEEN.formatted(2));
            edit("next threshold", LiveShop.DEFINITION, KEEN.formatted(1));
        });
        return edits;
    }

    private interface Story {
        void tell() throws Exception;
    }

    private void run(String definitions, Story story) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            settings = settings(broker, definitions);
            try (LiveShop opened = new LiveShop(settings, this::take);
                    Application started = Application.load(settings, clock::get)) {
                live = opened;
                application = started;
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                live.listen();
                send();
                // The first answers of a program that has just started are slow for other reasons.
                live("at first", liveEvents);
                live.awaitAllTold();
                story.tell();
                assertThat(live.twice()).isEmpty();
            }
        }
    }

    private void send() throws Exception {
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

    /** Measures live events before an edit and until it is done. */
    private void edit(String name, String... definitions) throws Exception {
        Set<String> due = new HashSet<>();
        Plan plan = Plan.compile(definitions(definitions[1]), vocabulary);
        customers.forEach((customer, state) -> {
            var unused = plan.advance(state, clock.get().toEpochMilli(), 0);
            if (!state.memberships().isEmpty()) {
                due.add(customer);
            }
        });
        assertThat(due).isNotEmpty().isNotEqualTo(keen);
        live(name + " before", liveEvents);
        live.awaitAllTold();
        long start = System.nanoTime();
        publish(definitions);
        long before = pastCpu();
        long cpu = 0;
        for (int batch = 0; !keen.equals(due); batch++) {
            live(name + " meanwhile " + batch, liveEvents / 50);
            cpu = Math.max(cpu, pastCpu() - before);
            assertThat(System.nanoTime() - start)
                    .as("%d of %d", keen.size(), due.size())
                    .isLessThan(PATIENCE.toNanos());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        live.awaitAllTold();
        edits.add(new Edit(
                name,
                due.size(),
                customers.size(),
                millis,
                live.latency(name + " before"),
                live.latency(name + " meanwhile"),
                cpu,
                threads()));
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

    /** The longest steps of the stream threads in the last half minute or so: where an event may have waited. */
    private static String threads() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName thread : beans.queryNames(new ObjectName("kafka.streams:type=stream-thread-metrics,*"), null)) {
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(thread).getAttributes()) {
                if (attribute.getName().endsWith("-latency-max")) {
                    text.append(' ')
                            .append(attribute.getName())
                            .append(' ')
                            .append(beans.getAttribute(thread, attribute.getName()));
                }
            }
        }
        return text.toString().strip();
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
