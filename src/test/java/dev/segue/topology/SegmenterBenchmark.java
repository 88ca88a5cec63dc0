// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.audience.WidthRule;
import dev.segue.config.Partitioner;
import dev.segue.config.Settings;
import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All work of the segmenter for an event of the simulated shop under the shipped catalogue, without Streams and Kafka:
 * decoding, evaluating, deadlines, states in RocksDB, and output records. There is a tick per 500 events. The shop
 * continues from one measurement to the next.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
public class SegmenterBenchmark {
    private static final int CUSTOMERS = 30_000;
    /** The shop begins with a year of past orders; the simulated present is measured. */
    private static final int PAST = 140_000;

    private static final int BATCH = 20_000;
    private static final int EVENTS_A_TICK = 500;
    private static final long SEED = 1;
    private static final String EVENTS = "behavior-events";
    private static final String CONTROL = "segue-control";

    private final List<Record<byte[], byte[]>> batch = new ArrayList<>();
    private Path directory = Path.of("");
    private ShopEvents shop;
    private EventEncoder encoder;
    private ControlCodec control;
    private Counters counters;
    private MockProcessorContext<byte[], Outgoing> context;
    private Segmenter segmenter;

    @Setup
    public void fill() throws Exception {
        directory = Files.createTempDirectory("segmenter");
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        SchemaRegistry registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        shop = new ShopEvents(schemas.vocabulary(), SEED, CUSTOMERS);
        encoder = new EventEncoder(schemas, registry);
        control = new ControlCodec(registry, CONTROL);
        List<Definition> definitions =
                new DefinitionReader(schemas.vocabulary()).read(SegmentFiles.read(List.of(Path.of("segments"))));
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        var store = CustomerStore.builder(Stores.persistentKeyValueStore(Nodes.CUSTOMERS), false)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        segmenter = new Segmenter(parts(schemas, registry, definitions));
        segmenter.init(context);
        for (int told = 0; told < PAST; told += BATCH) {
            nextBatch();
            process();
        }
        System.out.printf("%d events of the past (seed %d)%n", PAST, SEED);
    }

    private SegmenterParts parts(EventSchemas schemas, SchemaRegistry registry, List<Definition> definitions) {
        Settings settings = Settings.defaults();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        counters = new Counters(meters, InstantSource.system());
        Patience patience = Patience.until(() -> false, counters.progress());
        return new SegmenterParts(
                CONTROL,
                patience,
                new Admission(new EventDecoder(schemas, registry), settings.limits()),
                new Ticks(control, settings.limits(), patience),
                new PlanEngine(
                        Plan.compile(definitions, schemas.vocabulary()),
                        settings.limits().stateBytes()),
                Outbox.Codecs.of(registry, settings.topics().names()),
                SegmenterParts.Erasure.of(settings),
                settings.processing().drain(),
                InstantSource.system(),
                ThreadLocal.withInitial(() -> new ThreadTime(System::nanoTime)),
                counters,
                new Audience(meters, new WidthRule(WidthSettings.never(), definitions), told -> {}),
                placement(meters),
                new CacheBudget((long) settings.processing().stores().stateCacheMebibytes() << 20));
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
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object process() {
        int told = 0;
        for (Record<byte[], byte[]> event : batch) {
            context.setRecordMetadata(EVENTS, 0, 0);
            segmenter.process(event);
            if (++told % EVENTS_A_TICK == 0) {
                byte[] tick = control.encode(new Control.Tick(event.timestamp()));
                context.setRecordMetadata(CONTROL, 0, 0);
                segmenter.process(new Record<>(null, tick, event.timestamp()));
                context.resetForwards();
            }
        }
        return told;
    }

    @TearDown(Level.Iteration)
    public void print() {
        System.out.printf("%s%n", counters.read());
    }

    @TearDown
    public void clear() throws Exception {
        segmenter.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
