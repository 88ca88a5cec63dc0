// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.audience.WidthRule;
import dev.segue.config.LimitSettings;
import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.state.StateCodec;
import dev.segue.topology.due.DeadlineIndex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * The cost per customer of starting a task whose states are on its disk: one scan of RocksDB that arms the deadlines
 * and counts the members of each segment. The states are those of the simulated shop under the shipped catalogue.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class RebuildBenchmark {
    private static final int CUSTOMERS = 200_000;
    private static final int DIFFERENT = 5_000;
    private static final int EVENTS_EACH = 12;
    private static final long SEED = 1;

    private Path directory = Path.of("");
    private PlanEngine engine;
    private Audience audience = audience(List.of());
    private KeyValueStore<Bytes, byte[]> store =
            CustomerStore.builder(Stores.inMemoryKeyValueStore("unused"), false).build();

    private static Audience audience(List<Definition> definitions) {
        return new Audience(
                new SimpleMeterRegistry(), () -> new WidthRule(WidthSettings.never(), definitions), told -> {});
    }

    @Setup
    public void fill() throws Exception {
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        List<Definition> definitions =
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments"))));
        Plan plan = Plan.compile(definitions, vocabulary);
        engine = new PlanEngine(
                plan,
                LimitSettings.defaults().stateBytes(),
                new Visits(true),
                new Customers.Shared(new CutTables(), new ProductTable()));
        audience = audience(definitions);
        Map<String, CustomerState> shop = new HashMap<>();
        ShopEvents events = new ShopEvents(vocabulary, SEED, DIFFERENT);
        for (int number = 0; number < DIFFERENT * EVENTS_EACH; number++) {
            Event event = events.next();
            plan.apply(shop.computeIfAbsent(event.customerId(), CustomerState::new), event, event.time(), event.time());
        }
        directory = Files.createTempDirectory("rebuild");
        store = CustomerStore.builder(Stores.persistentKeyValueStore("customers"), false)
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 0), directory.toFile());
        store.init(context.getStateStoreContext(), store);
        List<byte[]> states = shop.values().stream().map(StateCodec::write).toList();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            byte[] id = "customer-%07d".formatted(customer).getBytes(StandardCharsets.UTF_8);
            store.put(Bytes.wrap(id), states.get(customer % states.size()));
        }
        System.out.printf(
                "%d customers, states of %.0f bytes (seed %d)%n",
                CUSTOMERS,
                states.stream().mapToInt(state -> state.length).average().orElse(0),
                SEED);
    }

    /** As the segmenter does at its start. */
    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object scan() {
        DeadlineIndex deadlines = new DeadlineIndex();
        Audience.Share share = audience.share();
        long erased = new CustomerStore(store).scan((customer, state) -> {
            deadlines.arm(customer, engine.deadline(state));
            share.customer();
            StateCodec.segments(state).forEach(share::member);
        });
        share.close();
        return deadlines.size() + erased;
    }

    /** RocksDB's iterator alone. */
    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object iterate() {
        long[] bytes = {0};
        long erased = new CustomerStore(store).scan((customer, state) -> bytes[0] += state.length);
        return bytes[0] + erased;
    }

    @TearDown
    public void clear() throws Exception {
        store.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
