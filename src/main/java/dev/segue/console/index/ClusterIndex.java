// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.console.page.ConsoleData;
import dev.segue.console.page.CustomerTrail;
import dev.segue.console.page.Freshness;
import dev.segue.console.page.LiveDefinitions;
import dev.segue.console.page.Member;
import dev.segue.console.page.ValueCounts;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.MembershipDecoder;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a cluster has published, kept up to date in the background until it is closed. Safe for several threads. */
public final class ClusterIndex implements ConsoleData, AutoCloseable {
    private static final int POLL_RECORDS = 2_000;

    private final InstantSource clock;
    private final IndexStore store = IndexStore.open();
    private final MembershipRows memberships;
    private final StatisticRows statistics;
    private final DefinitionRecords definitions;
    private final RecentRecords<Change> changes;
    private final RecentRecords<TriggerDecision> decisions;
    private final Map<String, TopicProgress> topics = new LinkedHashMap<>();
    private final TopicFollower follower;
    private final CustomerTrails trails;

    /** @param consumers opens a consumer without a group that fails where it has no offset */
    ClusterIndex(
            Settings settings,
            EventSchemas schemas,
            InstantSource clock,
            SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        TopicNames names = settings.topics().names();
        this.clock = clock;
        this.definitions = new DefinitionRecords(
                settings, schemas.vocabulary(), new DefinitionRecordCodec(registry, names.definitions()));
        this.memberships = new MembershipRows(store, new MembershipDecoder(registry, names.memberships()));
        this.statistics = new StatisticRows(store, new StatisticCodec(registry, names.statistics()));
        this.changes = new RecentRecords<>(
                new ChangeCodec(registry, names.changes())::decode,
                Change::segment,
                Change::brief,
                Comparator.comparing(Change::effectiveAt));
        this.decisions = new RecentRecords<>(
                new TriggerDecisionCodec(registry, names.activations())::decode,
                TriggerDecision::trigger,
                TriggerDecision::withoutPayload,
                Comparator.comparing(TriggerDecision::decidedAt));
        add(names.definitions(), definitions);
        add(names.memberships(), memberships);
        add(names.changes(), changes);
        add(names.activations(), decisions);
        if (settings.statistics().enabled()) {
            add(names.statistics(), statistics);
        }
        this.trails = new CustomerTrails(settings, new EventDecoder(schemas, registry), registry, consumers);
        this.follower = new TopicFollower(consumers, topics, definitions::settle, System::nanoTime);
    }

    private void add(String topic, IndexedTopic records) {
        topics.put(topic, new TopicProgress(topic, records));
    }

    /**
     * Begins to read.
     *
     * @param clock by which the data is dated
     */
    public static ClusterIndex open(Settings settings, EventSchemas schemas, InstantSource clock) {
        ClusterIndex index =
                new ClusterIndex(settings, schemas, clock, Registries.of(settings), () -> consumer(settings));
        index.start();
        return index;
    }

    private static Consumer<byte[], byte[]> consumer(Settings settings) {
        Map<String, Object> properties = StreamsProperties.reader(settings);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void start() {
        follower.start();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public LiveDefinitions definitions() {
        return definitions.live();
    }

    @Override
    public Freshness freshness() {
        Stream<TopicProgress> all = topics.values().stream();
        return new Freshness(
                follower.age(),
                follower.trouble(),
                all.map(TopicProgress::shown).toList());
    }

    @Override
    public long customers() {
        return memberships.customers();
    }

    @Override
    public long members(String segment) {
        return memberships.size(segment);
    }

    @Override
    public List<Member> members(String segment, String after, int most) {
        return memberships.members(segment, after, most);
    }

    @Override
    public List<Member> memberships(String customer) {
        return memberships.memberships(customer);
    }

    @Override
    public List<String> customers(String prefix, String after, int most) {
        return memberships.customers(prefix, after, most);
    }

    @Override
    public CustomerTrail trail(String customer) {
        return trails.read(customer);
    }

    @Override
    public ValueCounts values(String trait, int most) {
        return memberships.values(trait, most);
    }

    @Override
    public NavigableMap<Long, WindowCounts> windows(Subject subject, WindowSize size, long from) {
        return statistics.windows(subject, size, from);
    }

    @Override
    public List<Statistic> statistics(StatisticKind kind, WindowSize size, long from) {
        return statistics.statistics(kind, size, from);
    }

    @Override
    public List<Change> changes(String segment, int most) {
        return changes.latest(segment, most);
    }

    @Override
    public List<TriggerDecision> decisions(String trigger, int most) {
        return decisions.latest(trigger, most);
    }

    @Override
    public Runnable follow(java.util.function.Consumer<Change> listener) {
        return changes.follow(listener);
    }

    @Override
    public void close() {
        follower.close();
        store.close();
    }
}
