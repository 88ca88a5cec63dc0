package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.plan.Effects;
import dev.segue.plan.Limit;
import dev.segue.serde.BadRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts what the segmenters of one instance do. Safe for several threads. See {@link Counts} for the sum that holds. */
public final class Counters {
    private final MeterRegistry registry;
    private final Counter events;
    private final Counter applied;
    private final Counter duplicates;
    private final Map<BadRecord.Reason, Counter> deadLetters = new EnumMap<>(BadRecord.Reason.class);
    private final Map<Change.Kind, Counter> changes = new EnumMap<>(Change.Kind.class);
    private final Map<String, Counter> failures = new ConcurrentHashMap<>();
    private final Map<Limit, Counter> limits = new EnumMap<>(Limit.class);
    private final Counter ticks;
    private final Counter refusedControl;
    private final Counter deadlines;
    private final AtomicLong waiting = new AtomicLong();

    public Counters(MeterRegistry registry) {
        this.registry = registry;
        events = Counter.builder("segue.events")
                .description("Records taken from the events topic: applied, duplicates and dead letters together")
                .register(registry);
        applied = Counter.builder("segue.events.applied").register(registry);
        duplicates = Counter.builder("segue.events.duplicate").register(registry);
        for (BadRecord.Reason reason : BadRecord.Reason.values()) {
            deadLetters.put(
                    reason,
                    Counter.builder("segue.events.dead")
                            .description("Records of the events topic that are not events")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        for (Change.Kind kind : Change.Kind.values()) {
            changes.put(
                    kind,
                    Counter.builder("segue.changes").tag("kind", kind.name()).register(registry));
        }
        for (Limit limit : Limit.values()) {
            limits.put(
                    limit,
                    Counter.builder("segue.customer.limits")
                            .description("Times that a customer had more of something than is remembered")
                            .tag("limit", limit.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        ticks = Counter.builder("segue.ticks").register(registry);
        refusedControl = Counter.builder("segue.control.refused")
                .description("Records of the control topic that make no sense")
                .register(registry);
        deadlines = Counter.builder("segue.deadlines")
                .description("Customers looked at because a deadline had come")
                .register(registry);
        Gauge.builder("segue.deadlines.waiting", waiting, AtomicLong::doubleValue)
                .description("Customers with a deadline ahead")
                .register(registry);
    }

    /** What was counted so far. Taken while others count, so sums may be off by what is in progress. */
    public Counts read() {
        Map<BadRecord.Reason, Long> dead = new EnumMap<>(BadRecord.Reason.class);
        deadLetters.forEach((reason, counter) -> {
            if (counter.count() > 0) {
                dead.put(reason, value(counter));
            }
        });
        return new Counts(
                value(events),
                value(applied),
                value(duplicates),
                dead,
                value(changes.get(Change.Kind.ENTERED)),
                value(changes.get(Change.Kind.EXITED)),
                value(changes.get(Change.Kind.UPDATED)),
                failures.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, failure -> value(failure.getValue()))),
                value(ticks),
                value(refusedControl),
                value(deadlines),
                waiting.get());
    }

    void event() {
        events.increment();
    }

    /** Counts one look: what became of the event, the changes, and the expressions that failed. */
    void count(Effects effects) {
        switch (effects.outcome()) {
            case APPLIED -> applied.increment();
            case DUPLICATE -> duplicates.increment();
            case ADVANCED -> deadlines.increment();
        }
        count(effects.limits());
        effects.changes().forEach(change -> changes.get(change.kind()).increment());
        effects.failures()
                .forEach(failure -> failures.computeIfAbsent(failure.definition(), this::failuresOf)
                        .increment());
    }

    private void count(List<Limit> reached) {
        for (int index = 0; index < reached.size(); index++) {
            limits.get(reached.get(index)).increment();
        }
    }

    void deadLetter(BadRecord.Reason reason) {
        deadLetters.get(reason).increment();
    }

    void tick() {
        ticks.increment();
    }

    void refusedControl() {
        refusedControl.increment();
    }

    void waiting(int more) {
        waiting.addAndGet(more);
    }

    private Counter failuresOf(String definition) {
        return Counter.builder("segue.definition.failures")
                .description("Expressions that could not be evaluated, and were taken as false")
                .tag("definition", definition)
                .register(registry);
    }

    private static long value(Counter counter) {
        return (long) counter.count();
    }
}
