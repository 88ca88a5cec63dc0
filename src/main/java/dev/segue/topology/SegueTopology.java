// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.Settings;
import dev.segue.config.StoreSettings;
import dev.segue.config.TopicNames;
import dev.segue.plan.identity.Linking;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.ProductFactsDecoder;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.output.TransferCodec;
import dev.segue.topology.due.ThreadTime;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Builds the topology: the conductor, which writes ticks and definitions into the log, and the segmenter, which reads them. */
public final class SegueTopology {
    private static final long MEBIBYTE = 1024 * 1024;

    private SegueTopology() {}

    /** Name of the topic that holds the state of all customers; Streams creates it. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + Nodes.CUSTOMERS + "-changelog";
    }

    /** Name of the topic that holds the windows of statistics; Streams creates it. */
    public static String statisticsChangelog(String applicationId) {
        return applicationId + "-" + Nodes.STATISTICS + "-changelog";
    }

    /** Name of the topic that holds how many customers are in each bucket of populations; Streams creates it. */
    public static String populationChangelog(String applicationId) {
        return applicationId + "-" + Nodes.POPULATION + "-changelog";
    }

    /** Builds the whole topology, for any number of threads and instances. */
    public static Topology build(Settings settings, Parts parts) {
        return build(
                settings,
                parts,
                settings.limits().stateBytes(),
                Patience.until(parts.stopping(), parts.counters().progress()),
                store -> supplier(settings.processing().stores().kind(), store));
    }

    /**
     * Sources and sinks pass bytes: a record that cannot be decoded becomes a dead letter with a reason. Streams' own
     * deserialization handler would stop the application.
     */
    static Topology build(
            Settings settings,
            Parts parts,
            int stateBytes,
            Patience patience,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        TopicNames topics = settings.topics().names();
        ControlCodec control = new ControlCodec(parts.registry(), topics.control());
        LiveSetsCodec sets = new LiveSetsCodec(new DefinitionRecordCodec(parts.registry(), topics.definitions()));
        Visits visits = new Visits(settings.statistics().enabled());
        TaskPlans.Sources plans = new TaskPlans.Sources(parts.plans(), control, sets, stateBytes, visits);
        SegmenterParts segmenter = segmenterParts(settings, parts, control, plans, patience);
        boolean cached = settings.processing().stores().writeCacheMebibytes() > 0;

        Topology topology = new Topology();
        Serializer<byte[]> keys = new ByteArraySerializer();
        Serializer<Outgoing> values = Outgoing.serializer();
        addConductor(
                topology,
                settings,
                parts,
                patience,
                new Conductor.Codecs(
                        control, sets, segmenter.codecs().populations(), new ProductFactsDecoder(parts.registry())));
        topology.addStateStore(StatisticTotals.builder(stores.apply(Nodes.POPULATION), cached), Nodes.CONDUCTOR);

        addSource(topology, Nodes.EVENTS, topics.behaviorEvents(), false);
        addSource(topology, Nodes.CONTROL, topics.control(), false);
        addSource(topology, Nodes.TRANSFERS, topics.transfers(), true);
        topology.addProcessor(
                Nodes.SEGMENTER,
                new SegmenterSupplier(segmenter, CustomerStore.builder(stores.apply(Nodes.CUSTOMERS), cached)),
                Nodes.EVENTS,
                Nodes.CONTROL,
                Nodes.TRANSFERS);
        topology.addSink(Nodes.CHANGES, topics.changes(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        topology.addSink(
                Nodes.ACTIVATIONS, topics.activations(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        topology.addSink(
                Nodes.MEMBERSHIPS, topics.memberships(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        topology.addSink(Nodes.PROFILES, topics.profiles(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        topology.addSink(
                Nodes.TO_OTHER_IDS, topics.transfers(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        topology.addSink(Nodes.POPULATION_COUNTS, topics.population(), keys, values, Nodes.SEGMENTER);
        topology.addSink(Nodes.DEAD_LETTERS, topics.deadLetters(), keys, values, Nodes.SEGMENTER);
        if (settings.statistics().enabled()) {
            addStatistics(topology, settings, parts, stores.apply(Nodes.STATISTICS));
        }
        return topology;
    }

    private static void addConductor(
            Topology topology, Settings settings, Parts parts, Patience patience, Conductor.Codecs codecs) {
        TopicNames topics = settings.topics().names();
        addSource(topology, Nodes.DEFINITIONS, topics.definitions(), false);
        addSource(topology, Nodes.POPULATIONS, topics.population(), false);
        addSource(topology, Nodes.FACTS, topics.productFacts(), false);
        topology.addProcessor(
                Nodes.CONDUCTOR,
                () -> new Conductor(
                        codecs, patience, topics, parts, settings.processing().tickInterval()),
                Nodes.DEFINITIONS,
                Nodes.POPULATIONS,
                Nodes.FACTS);
        topology.addSink(
                Nodes.TICKS,
                topics.control(),
                new ByteArraySerializer(),
                Outgoing.serializer(),
                Outgoing.toEveryPartition(),
                Nodes.CONDUCTOR);
        // A sink of its own: with two parents, conductor and segmenters would be one sub-topology.
        topology.addSink(
                Nodes.REFUSED_FACTS,
                topics.deadLetters(),
                new ByteArraySerializer(),
                Outgoing.serializer(),
                Nodes.CONDUCTOR);
    }

    private static void addStatistics(
            Topology topology, Settings settings, Parts parts, KeyValueBytesStoreSupplier store) {
        TopicNames topics = settings.topics().names();
        Serializer<byte[]> keys = new ByteArraySerializer();
        Serializer<Outgoing> values = Outgoing.serializer();
        topology.addSink(
                Nodes.STATISTICS_PARTS,
                topics.statisticsParts(),
                keys,
                values,
                StatisticTotals.bySubject(),
                Nodes.SEGMENTER);
        topology.addSink(Nodes.SESSIONS, topics.sessions(), keys, values, Outgoing.toItsPartition(), Nodes.SEGMENTER);
        addSource(topology, Nodes.PARTS, topics.statisticsParts(), false);
        StatisticCodec codec = new StatisticCodec(parts.registry(), topics.statistics());
        TaskStatistics.Rules rules = TaskStatistics.Rules.of(settings);
        topology.addProcessor(
                Nodes.TOTALS, () -> new StatisticTotals(rules, codec, parts.counters(), parts.shifted()), Nodes.PARTS);
        boolean cached = settings.processing().stores().writeCacheMebibytes() > 0;
        topology.addStateStore(StatisticTotals.builder(store, cached), Nodes.TOTALS);
        topology.addSink(Nodes.WINDOWS, topics.statistics(), keys, values, Outgoing.toItsPartition(), Nodes.TOTALS);
    }

    private static SegmenterParts segmenterParts(
            Settings settings, Parts parts, ControlCodec control, TaskPlans.Sources plans, Patience patience) {
        TopicNames topics = settings.topics().names();
        Admission admission = new Admission(new EventDecoder(parts.schemas(), parts.registry()), settings.limits());
        TransferMail mail = new TransferMail(
                new TransferCodec(parts.registry(), topics.transfers()),
                patience,
                admission,
                settings.topics().partitioner(),
                parts.placement()::partitions,
                parts.clock());
        return new SegmenterParts(
                topics.control(),
                topics.transfers(),
                patience,
                admission,
                new Ticks(control, settings.limits(), patience),
                plans,
                parts.published(),
                Outbox.Codecs.of(parts.registry(), topics),
                SegmenterParts.Erasure.of(settings),
                settings.processing().drain(),
                parts.clock(),
                ThreadLocal.withInitial(() -> new ThreadTime(parts.nanoTime())),
                parts.counters(),
                parts.audience(),
                parts.placement(),
                new Linking(settings.identity(), settings.limits()),
                mail,
                new CacheBudget(settings.processing().stores().stateCacheMebibytes() * MEBIBYTE),
                TaskStatistics.Rules.of(settings),
                new SegmenterParts.Past(parts.past(), parts.background()));
    }

    private static void addSource(Topology topology, String name, String topic, boolean ofTransfers) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        topology.addSource(AutoOffsetReset.earliest(), name, new RecordTime(ofTransfers), bytes, bytes, topic);
    }

    private static KeyValueBytesStoreSupplier supplier(StoreSettings.Kind kind, String store) {
        return switch (kind) {
            case ROCKSDB -> Stores.persistentKeyValueStore(store);
            case IN_MEMORY -> Stores.inMemoryKeyValueStore(store);
        };
    }
}
