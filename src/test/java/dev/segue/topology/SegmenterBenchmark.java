// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.audience.WidthRule;
import dev.segue.config.Partitioner;
import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.output.TransferCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.due.ThreadTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole work of the segmenter for an event of the simulated shop under the shipped catalogue, without Streams and
 * Kafka: decoding, evaluation, deadlines, states in RocksDB, and output records. A tick follows every 500 events. The shop
 * goes on from one measurement to the next. Each measurement also prints the CPU time of its thread per event, and the
 * work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
public class SegmenterBenchmark {
    private static final int BATCH = 20_000;
    private static final int EVENTS_A_TICK = 500;
    private static final long SEED = 1;
    private static final String EVENTS = "behavior-events";
    private static final String CONTROL = "segue-control";

    /**
     * A young shop has many customers with a year of past orders and few visits; a lived one has been open for 120 days.
     */
    @Param({"young", "lived"})
    String age;

    /** Whether statistics and sessions are counted; {@code -p statistics=false} for what they cost. */
    @Param("true")
    boolean statistics;

    private final List<Record<byte[], byte[]>> batch = new ArrayList<>();
    private Path directory = Path.of("");
    private ShopEvents shop;
    private EventEncoder encoder;
    private ControlCodec control;
    private Counters counters;
    private SimpleMeterRegistry meters;
    private KeyValueStore<Bytes, byte[]> store;
    private long cpu;
    private long records;
    private double wakeUps;
    private double evaluations;
    private MockProcessorContext<byte[], Outgoing> context;
    private Segmenter segmenter;

    @Setup
    public void fill() throws Exception {
        directory = Files.createTempDirectory("segmenter");
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        SchemaRegistry registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        shop = new ShopEvents(schemas.vocabulary(), SEED, age.equals("lived") ? 1_500 : 30_000);
        encoder = new EventEncoder(schemas, registry);
        control = new ControlCodec(registry, CONTROL);
        List<Definition> definitions =
                new DefinitionReader(schemas.vocabulary()).read(SegmentFiles.read(List.of(Path.of("segments"))));
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        store = CustomerStore.builder(Stores.persistentKeyValueStore(Nodes.CUSTOMERS), false)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        segmenter = new Segmenter(parts(schemas, registry, definitions));
        segmenter.init(context);
        int past = 0;
        for (; age.equals("lived") ? shop.isYoungerThan(ShopEvents.LIVED) : past < 140_000; past += BATCH) {
            nextBatch();
            process();
        }
        System.out.printf("%n%s shop: %d events before (seed %d)%n", age, past, SEED);
    }

    private SegmenterParts parts(EventSchemas schemas, SchemaRegistry registry, List<Definition> definitions) {
        Settings settings =
                Settings.defaults().withStatistics(StatisticsSettings.defaults().withEnabled(statistics));
        meters = new SimpleMeterRegistry();
        counters = new Counters(meters, InstantSource.system());
        ScenarioPlans plans = new ScenarioPlans(schemas.vocabulary());
        plans.publish(Plan.compile(definitions, schemas.vocabulary()), Instant.EPOCH, true);
        Patience patience = Patience.until(() -> false, counters.progress());
        Admission admission = new Admission(new EventDecoder(schemas, registry), settings.limits());
        return new SegmenterParts(
                CONTROL,
                "segue-transfers",
                patience,
                admission,
                new Ticks(control, settings.limits(), patience),
                new TaskPlans.Sources(
                        plans,
                        control,
                        new LiveSetsCodec(new DefinitionRecordCodec(registry, "segue-definitions")),
                        settings.limits().stateBytes(),
                        new Visits(settings.statistics().enabled())),
                plans::published,
                Outbox.Codecs.of(registry, settings.topics().names()),
                SegmenterParts.Erasure.of(settings),
                settings.processing().drain(),
                InstantSource.system(),
                ThreadLocal.withInitial(() -> new ThreadTime(System::nanoTime)),
                counters,
                new Audience(meters, () -> new WidthRule(WidthSettings.never(), definitions), told -> {}),
                placement(meters),
                new Linking(settings.identity(), settings.limits()),
                new TransferMail(
                        new TransferCodec(registry, "segue-transfers"),
                        patience,
                        admission,
                        Partitioner.MURMUR2,
                        () -> 1,
                        InstantSource.system()),
                new CacheBudget((long) settings.processing().stores().stateCacheMebibytes() << 20),
                TaskStatistics.Rules.of(settings),
                new SegmenterParts.Past(new ScenarioPast(), Runnable::run));
    }

    private static Placement placement(SimpleMeterRegistry meters) {
        Placement placement = new Placement(meters, Partitioner.MURMUR2, System::nanoTime, told -> {});
        placement.partitions(1);
        return placement;
    }

    @Setup(Level.Invocation)
    public void nextBatch() throws Exception {
        batch.clear();
        while (batch.size() < BATCH) {
            Event event = shop.next();
            byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
            batch.add(new Record<>(key, encoder.encode(event), event.time()));
        }
        records = 0;
        wakeUps = count("segue.wake.ups");
        evaluations = count("segue.evaluations");
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object process() {
        long before = cpuTime();
        int events = 0;
        for (Record<byte[], byte[]> event : batch) {
            context.setRecordMetadata(EVENTS, 0, 0);
            segmenter.process(event);
            if (++events % EVENTS_A_TICK == 0) {
                byte[] tick = control.encode(new Control.Tick(event.timestamp()));
                context.setRecordMetadata(CONTROL, 0, 0);
                segmenter.process(new Record<>(null, tick, event.timestamp()));
                records += context.forwarded().size();
                context.resetForwards();
            }
        }
        cpu = cpuTime() - before;
        return events;
    }

    @TearDown(Level.Iteration)
    public void print() {
        System.out.printf(
                "%.2f us of CPU, %.2f wake-ups, %.2f evaluations, %.2f records out an event; ",
                cpu / 1e3 / BATCH,
                (count("segue.wake.ups") - wakeUps) / BATCH,
                (count("segue.evaluations") - evaluations) / BATCH,
                (double) records / BATCH);
    }

    private double count(String counter) {
        return meters.get(counter).counter().count();
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void printStates() {
        List<Integer> sizes = new ArrayList<>();
        try (var states = store.all()) {
            states.forEachRemaining(state -> sizes.add(state.value.length));
        }
        sizes.sort(null);
        System.out.printf(
                "state bytes: median %d, mean %.0f, 99 %% %d; %s%n",
                sizes.get(sizes.size() / 2),
                sizes.stream().mapToInt(Integer::intValue).average().orElse(0),
                sizes.get(sizes.size() * 99 / 100),
                counters.read());
    }

    @TearDown
    public void clear() throws Exception {
        printStates();
        segmenter.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
