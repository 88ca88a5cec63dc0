// SPDX-License-Identifier: Apache-2.0
package dev.segue.bench;

import dev.segue.definition.DefinitionReader;
import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.state.StateCodec;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * The engine alone: one event of the simulated shop under the shipped catalogue, with states in memory. The shop goes on
 * from one measurement to the next. Each measurement also prints the CPU time of its thread per event, and the work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseParallelGC")
@Warmup(iterations = 3)
@Measurement(iterations = 8)
public class EngineBenchmark {
    private static final int BATCH = 20_000;
    private static final long SEED = 1;

    /** A young shop has its past orders only; a lived one has been open for 120 days. */
    @Param({"young", "lived"})
    String shop;

    private final Map<String, CustomerState> customers = new HashMap<>();
    private final List<Event> batch = new ArrayList<>();
    private ShopEvents events;
    private Plan plan;
    private long wakeUps;
    private long evaluations;
    private long changes;
    private long cpu;

    @Setup
    public void fill() throws Exception {
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        plan = Plan.compile(
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments")))), vocabulary);
        boolean lived = shop.equals("lived");
        events = new ShopEvents(vocabulary, SEED, lived ? 1_500 : 30_000);
        int past = 0;
        for (; lived ? events.isYoungerThan(ShopEvents.LIVED) : past < 140_000; past++) {
            apply(events.next());
        }
        System.out.printf("%n%s shop: %d events before (seed %d), %d customers%n", shop, past, SEED, customers.size());
    }

    @Setup(Level.Invocation)
    public void nextBatch() {
        batch.clear();
        while (batch.size() < BATCH) {
            batch.add(events.next());
        }
        wakeUps = 0;
        evaluations = 0;
        changes = 0;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void apply() {
        long before = cpu();
        batch.forEach(this::apply);
        cpu = cpu() - before;
    }

    private void apply(Event event) {
        CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
        Effects effects = plan.apply(state, event, Long.MIN_VALUE, event.time());
        wakeUps += effects.work().wakeUps();
        evaluations += effects.work().evaluations();
        changes += effects.changes().size();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void print() {
        System.out.printf(
                "%.2f us of CPU, %.2f wake-ups, %.2f evaluations, %.2f changes an event; ",
                cpu / 1e3 / BATCH, (double) wakeUps / BATCH, (double) evaluations / BATCH, (double) changes / BATCH);
    }

    @TearDown
    public void printStates() {
        int[] sizes = customers.values().stream()
                .mapToInt(state -> StateCodec.write(state).length)
                .sorted()
                .toArray();
        System.out.printf(
                "state bytes: median %d, mean %.0f, 99 %% %d%n",
                sizes[sizes.length / 2], Arrays.stream(sizes).average().orElse(0), sizes[sizes.length * 99 / 100]);
    }
}
