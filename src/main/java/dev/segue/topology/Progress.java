// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.DefinitionSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How far the tasks of one instance have come; reports the slowest task. Safe for several threads. */
public final class Progress {
    private final InstantSource clock;
    private final Set<TaskProgress> tasks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waitingForRegistry = new AtomicInteger();

    Progress(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        Gauge.builder("segue.tasks", tasks, Set::size)
                .description("Partitions assigned to this instance")
                .register(registry);
        Gauge.builder("segue.clock.lag", this, progress -> seconds(progress.clockLag()))
                .description("How far the newest tick lags behind the clock, in the worst partition")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("segue.drain.lag", this, progress -> seconds(progress.drainLag()))
                .description("How far the earliest due deadline lags behind the newest tick, in the worst partition")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("segue.deadlines.overdue", this, Progress::overdue)
                .description("Customers that are due and not yet evaluated; counted up to "
                        + TaskProgress.MOST_OVERDUE_COUNTED + " per partition")
                .register(registry);
        Gauge.builder("segue.state", this, Progress::stateBytes)
                .description("Keys and values of all customers of this instance, before compression")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("segue.registry.waiting", waitingForRegistry, AtomicInteger::doubleValue)
                .description("Stream threads that wait for the schema registry in the middle of a record")
                .register(registry);
        addFillGauges(registry);
    }

    /** Returns the latest set that a task evaluates; empty if there is no task. */
    public Optional<DefinitionSet> evaluated() {
        return tasks.stream()
                .map(TaskProgress::evaluated)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(DefinitionSet::at));
    }

    /** Returns how far definitions have been filled from the past. */
    public FillStatus fills() {
        return FillStatus.of(tasks);
    }

    private void addFillGauges(MeterRegistry registry) {
        Gauge.builder("segue.fill.partitions", this, progress -> fills().partitions())
                .description("Partitions with definitions that are filled from past events")
                .register(registry);
        Gauge.builder("segue.fill.events.left", this, progress -> fills().eventsLeft())
                .description("Past events left to read")
                .register(registry);
        Gauge.builder("segue.fill.customers.left", this, progress -> fills().customersLeft())
                .description("Customers of these partitions who do not know their past yet")
                .register(registry);
        Gauge.builder("segue.fill.stuck", this, progress -> seconds(fills().stuck()))
                .description("For how long the slowest of these partitions has made no progress")
                .baseUnit("seconds")
                .register(registry);
    }

    public Lag lag() {
        return new Lag(clockLag(), drainLag(), overdue(), waitingForRegistry.get());
    }

    private Duration clockLag() {
        long now = clock.millis();
        return Duration.ofMillis(Math.max(
                0, tasks.stream().mapToLong(task -> now - task.time()).max().orElse(0)));
    }

    private Duration drainLag() {
        return Duration.ofMillis(
                tasks.stream().mapToLong(TaskProgress::drainBehind).max().orElse(0));
    }

    private long overdue() {
        return tasks.stream().mapToLong(TaskProgress::overdue).sum();
    }

    TaskProgress begin(long time) {
        TaskProgress task = new TaskProgress(time, new FillProgress(System::nanoTime));
        tasks.add(task);
        return task;
    }

    void end(TaskProgress task) {
        tasks.remove(task);
    }

    void waitForRegistry() {
        waitingForRegistry.incrementAndGet();
    }

    void stopWaitingForRegistry() {
        waitingForRegistry.decrementAndGet();
    }

    private double stateBytes() {
        return tasks.stream().mapToLong(TaskProgress::stateBytes).sum();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
