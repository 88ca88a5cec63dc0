// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.audience.WidthRule;
import dev.segue.avro.CustomerSession;
import dev.segue.config.DrainBudget;
import dev.segue.config.LimitSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.ProcessingSettings;
import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.config.StoreSettings;
import dev.segue.config.TopicNames;
import dev.segue.config.WidthSettings;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Plan;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.OutputReader;
import dev.segue.serde.output.OutputReader.CustomerMembership;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.statistics.SegmentShift;
import dev.segue.statistics.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The real topology on the test driver, with its inputs and outputs. */
final class TopologyScenario implements AutoCloseable {
    private static final int STATE_CACHE_MEBIBYTES = 1;

    /** Entered an hour after the latest event, left at the next. */
    static final String QUIET = """
            segment: quiet
            describes: Did something and then nothing for an hour.
            when: activity.count() > 0 && activity.within('1h').count() == 0
            """;

    static final TopicNames TOPICS = TopicNames.prefixed("");

    private final EventSchemas schemas;
    private final SchemaRegistry registry;
    private final Path stateDirectory;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Counters counters = new Counters(meters, () -> this.clock);
    Audience audience = new Audience(meters, () -> new WidthRule(WidthSettings.never(), List.of()), told -> {});
    final List<String> warnings = new ArrayList<>();
    final List<SegmentShift> shifts = new ArrayList<>();
    Placement placement = placedBy(Partitioner.MURMUR2);
    DrainBudget drain = DrainBudget.defaults();
    StatisticsSettings counting = StatisticsSettings.defaults();
    int stateBytes = LimitSettings.defaults().stateBytes();
    private final ScenarioPlans plans;
    final ScenarioPast past = new ScenarioPast();
    long nanos;
    private Instant clock = Instant.parse("2025-11-01T00:00:00Z");
    private @Nullable TopologyTestDriver driver;

    TopologyScenario(Path directory) throws Exception {
        this(directory, new DirectorySchemaRegistry(directory.resolve("registry")));
    }

    TopologyScenario(Path directory, SchemaRegistry registry) throws Exception {
        this(directory, registry, EventSchemas.read(Path.of("schemas", "events")));
    }

    TopologyScenario(Path directory, SchemaRegistry registry, EventSchemas schemas) throws InvalidDefinitions {
        this.schemas = schemas;
        this.plans = new ScenarioPlans(schemas.vocabulary());
        this.registry = registry;
        this.stateDirectory = directory.resolve("state");
        define(QUIET);
    }

    /** Publishes definitions; before the first record, instead of the earlier ones. */
    void define(String definitions) throws InvalidDefinitions {
        plans.publish(definitions, clock, driver == null);
    }

    /** As {@link #define(String)}, but keeps nothing of earlier plans. */
    void define(Plan next) {
        plans.publish(next, clock, driver == null);
    }

    /** The test driver reads partition 0 only; this sets the number of partitions. */
    Placement placedBy(Partitioner partitioner) {
        return new Placement(new SimpleMeterRegistry(), partitioner, () -> nanos, warnings::add);
    }

    /** @param carriedOver what the stores hold, by their names */
    Topology topology(Map<String, Map<Bytes, byte[]>> carriedOver) throws Exception {
        ProcessingSettings usual = ProcessingSettings.defaults();
        Settings settings = Settings.defaults()
                .withStatistics(counting)
                .withProcessing(new ProcessingSettings(
                        usual.guarantee(),
                        1,
                        stateDirectory,
                        new StoreSettings(StoreSettings.Kind.IN_MEMORY, 64, 0, STATE_CACHE_MEBIBYTES, 0),
                        0,
                        usual.commitInterval(),
                        usual.linger(),
                        usual.tickInterval(),
                        drain,
                        usual.startPatience()));
        InstantSource source = () -> clock;
        Parts parts = new Parts(
                plans,
                plans::published,
                schemas,
                registry,
                source,
                () -> nanos,
                counters,
                audience,
                placement,
                shifts::add,
                past,
                Runnable::run,
                () -> false);
        return SegueTopology.build(
                settings,
                parts,
                stateBytes,
                new Patience(2, Duration.ZERO, () -> false, counters.progress()),
                store -> new CarriedStore(store, carriedOver.getOrDefault(store, Map.of())));
    }

    /** Stops, and starts anew with the same stores and perhaps other definitions. */
    void restart() throws Exception {
        Map<String, Map<Bytes, byte[]>> kept = Map.of(
                Nodes.CUSTOMERS,
                store(),
                Nodes.STATISTICS,
                store(Nodes.STATISTICS),
                Nodes.POPULATION,
                store(Nodes.POPULATION));
        running().close();
        past.restart();
        driver = start(kept);
    }

    void timeIs(String instant) throws Exception {
        timeIs(Instant.parse(instant));
    }

    /** Sets the clock, and lets the conductor write a tick. */
    void timeIs(Instant instant) throws Exception {
        clock = instant;
        running().advanceWallClockTime(Duration.ofMillis(250));
    }

    /** Sets the clock, without a tick. */
    void clockIs(Instant instant) {
        clock = instant;
    }

    /** Advances the machine's time while the clock stands still, so that a drain continues. */
    void pause() throws Exception {
        running().advanceWallClockTime(Duration.ofMillis(20));
    }

    void event(String customer, String id, String occurredAt) throws Exception {
        raw(customer.getBytes(StandardCharsets.UTF_8), value(customer, id, occurredAt), Instant.parse(occurredAt));
    }

    void event(Event event) throws Exception {
        event(event, Instant.ofEpochMilli(event.time()));
    }

    void event(Event event, Instant timestamp) throws Exception {
        byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
        raw(key, new EventEncoder(schemas, registry).encode(event), timestamp);
    }

    void raw(byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) throws Exception {
        past.add(key, value, timestamp);
        input(TOPICS.behaviorEvents()).pipeInput(new TestRecord<>(key, value, timestamp));
    }

    void raw(byte[] key, byte[] value, Instant timestamp, Headers headers) throws Exception {
        past.add(key, value, timestamp);
        input(TOPICS.behaviorEvents()).pipeInput(new TestRecord<>(key, value, headers, timestamp));
    }

    void rawTransfer(byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) throws Exception {
        input(TOPICS.transfers()).pipeInput(key, value, timestamp);
    }

    void rawControl(byte @Nullable [] value, Instant timestamp) throws Exception {
        input(TOPICS.control()).pipeInput(new TestRecord<>(null, value, timestamp));
    }

    void rawPopulation(byte @Nullable [] value, Instant timestamp) throws Exception {
        input(TOPICS.population()).pipeInput(new TestRecord<>(null, value, timestamp));
    }

    /** Sends what a shop knows of a product. */
    void rawFacts(byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) throws Exception {
        input(TOPICS.productFacts()).pipeInput(new TestRecord<>(key, value, timestamp));
    }

    byte[] tick(Instant at) {
        return new ControlCodec(registry, TOPICS.control()).encode(new Control.Tick(at.toEpochMilli()));
    }

    byte[] value(String customer, String id, String occurredAt) throws BadRecord {
        Event event = new EventBuilder(schemas.vocabulary())
                .build(Map.of(
                        "type",
                        "product_viewed",
                        "customer_id",
                        customer,
                        "event_id",
                        id,
                        "occurred_at",
                        occurredAt,
                        "product_id",
                        "p1"));
        return new EventEncoder(schemas, registry).encode(event);
    }

    /** The changes since the last call, as {@code customer KIND effective_at cause}. */
    List<String> changes() throws Exception {
        return readChanges().stream()
                .map(change -> change.customerId() + " " + change.kind() + " " + change.effectiveAt() + " "
                        + change.cause().kind())
                .toList();
    }

    List<Change> readChanges() throws Exception {
        ChangeCodec codec = new ChangeCodec(registry, TOPICS.changes());
        List<Change> changes = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.changes())) {
            changes.add(codec.decode(record.value()));
        }
        return changes;
    }

    /** What triggers decided since the last call. */
    List<TriggerDecision> readDecisions() throws Exception {
        TriggerDecisionCodec codec = new TriggerDecisionCodec(registry, TOPICS.activations());
        List<TriggerDecision> decisions = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.activations())) {
            decisions.add(codec.decode(record.value()));
        }
        return decisions;
    }

    /** The memberships written since the last call; null is a tombstone. */
    Map<String, @Nullable CustomerMembership> memberships() throws Exception {
        OutputReader reader = new OutputReader(registry);
        Map<String, @Nullable CustomerMembership> memberships = new LinkedHashMap<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.memberships())) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            memberships.put(key, record.value() == null ? null : reader.membership(record.value()));
        }
        return memberships;
    }

    List<CustomerProfile> profiles() throws Exception {
        OutputReader reader = new OutputReader(registry);
        List<CustomerProfile> profiles = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.profiles())) {
            profiles.add(reader.profile(record.value()));
        }
        return profiles;
    }

    /** The windows written since the last call, by key; null is a tombstone. */
    Map<String, @Nullable Statistic> statistics() throws Exception {
        StatisticCodec codec = new StatisticCodec(registry, TOPICS.statistics());
        Map<String, @Nullable Statistic> statistics = new LinkedHashMap<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.statistics())) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            statistics.put(key, record.value() == null ? null : codec.decode(record.value()));
        }
        return statistics;
    }

    List<CustomerSession> sessions() throws Exception {
        OutputReader reader = new OutputReader(registry);
        List<CustomerSession> sessions = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : output(TOPICS.sessions())) {
            sessions.add(reader.session(record.value()));
        }
        return sessions;
    }

    List<TestRecord<byte[], byte[]>> deadLetters() throws Exception {
        return output(TOPICS.deadLetters());
    }

    List<TestRecord<byte[], byte[]>> output(String topic) throws Exception {
        return running()
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    double counter(String name) {
        return meters.get(name).counter().count();
    }

    double counter(String name, String tag, String value) {
        return meters.get(name).tag(tag, value).counter().count();
    }

    /** The sum of all latencies of changes with this cause. */
    double latencyMillis(String cause) {
        return meters.get("segue.change.latency").tag("cause", cause).timer().totalTime(TimeUnit.MILLISECONDS);
    }

    Map<Bytes, byte[]> store() throws Exception {
        return store(Nodes.CUSTOMERS);
    }

    private Map<Bytes, byte[]> store(String name) throws Exception {
        KeyValueStore<Bytes, byte[]> store = running().getKeyValueStore(name);
        Map<Bytes, byte[]> entries = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                entries.put(entry.key, entry.value);
            }
        }
        return entries;
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }

    private TestInputTopic<byte[], byte[]> input(String topic) throws Exception {
        return running().createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TopologyTestDriver running() throws Exception {
        if (driver == null) {
            driver = start(Map.of());
        }
        return driver;
    }

    private TopologyTestDriver start(Map<String, Map<Bytes, byte[]>> carriedOver) throws Exception {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "scenario");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        return new TopologyTestDriver(topology(carriedOver), properties, clock);
    }
}
