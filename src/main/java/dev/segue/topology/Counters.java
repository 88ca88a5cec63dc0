// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Effects;
import dev.segue.plan.identity.Resolution;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import dev.segue.statistics.SegmentShift;
import dev.segue.topology.product.ProductCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Counts what the segmenters of one instance do. Safe for several threads. {@link Counts} defines the sum that must
 * hold.
 */
public final class Counters {
    /** An event that happened more than this before the newest tick is counted as late. */
    static final Duration LATE = Duration.ofMinutes(1);

    private static final Duration[] LATENCIES = LongStream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter events;
    private final Counter applied;
    private final Counter duplicates;
    private final Map<BadRecord.Reason, Counter> deadLetters = new EnumMap<>(BadRecord.Reason.class);
    private final Counter late;
    private final Counter erased;
    private final Counter erasures;
    private final Counter left;
    private final Counter united;
    private final Counter forwarded;
    private final Counter circles;
    private final Map<String, Map<Change.Kind, Counter>> changes = new ConcurrentHashMap<>();
    private final Map<TriggerDecision.Kind, Counter> decisions = new EnumMap<>(TriggerDecision.Kind.class);
    private final Map<Cause.Kind, Timer> latency = new EnumMap<>(Cause.Kind.class);
    private final Map<String, Counter> failures = new ConcurrentHashMap<>();
    private final Map<Limit, Counter> limits = new EnumMap<>(Limit.class);
    private final Map<InputProblem.Kind, Counter> problems = new EnumMap<>(InputProblem.Kind.class);
    private final Counter ticks;
    private final Counter cuts;
    private final Counter refusedCounts;
    private final Counter refusedControl;
    private final ProductCounters products;
    private final Counter deadlines;
    private final Counter grown;
    private final Counter shrunk;
    private final Counter sessions;
    private final Counter lateForSession;
    private final Counter statisticParts;
    private final Counter statisticsBeforeSince;
    private final Counter lateStatistics;
    private final Counter refusedStatistics;
    private final Counter wakeUps;
    private final Counter evaluations;
    private final AtomicLong waiting = new AtomicLong();
    private final Progress progress;

    /** @param clock used to compute how far the newest tick lags behind */
    public Counters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        progress = new Progress(registry, clock);
        events = counter("segue.events", "Records read: applied, duplicates, dropped and dead letters together");
        applied = counter("segue.events.applied", "Events that were counted into a customer's state");
        duplicates =
                counter("segue.events.duplicate", "Duplicates: events that the customer's state had already counted");
        late = counter(
                "segue.events.late",
                "Events that happened more than " + LATE.toSeconds() + " s before the newest tick");
        erased = counter("segue.events.erased", "Events dropped because their customer had been erased");
        erasures = counter("segue.erasures", "Events that erased their customer; included in the applied events");
        left = counter("segue.customers.left", "Customers who went on as another one, because both are one person");
        united = counter("segue.customers.united", "Times that a customer received the data of another one");
        forwarded =
                counter("segue.events.forwarded", "Events that were sent on to the customer that their id goes on as");
        circles = counter(
                "segue.identity.circles",
                "Times that ids named each other in a circle, or that more than " + Resolution.MOST_HOPS
                        + " followed each other");
        ticks = counter("segue.ticks", "Ticks read from the control topic, over all partitions");
        cuts = counter("segue.population.cuts", "Cuts of populations that were taken, over all partitions");
        refusedCounts =
                counter("segue.population.refused", "Records of the population topic that could not be decoded");
        refusedControl = counter(
                "segue.control.refused",
                "Records of the control topic that could not be decoded or carry an impossible time");
        products = new ProductCounters(registry);
        grown = shifts("up");
        shrunk = shifts("down");
        sessions = counter("segue.sessions", "Sessions that have ended");
        lateForSession = counter(
                "segue.sessions.late.events",
                "Events that no session counts, because they happened long before the customer's open one");
        statisticParts = counter("segue.statistics.parts", "Sums that tasks have sent on to be added up");
        statisticsBeforeSince = counter(
                "segue.statistics.before.since",
                "Counts of events, sessions and changes that were dropped because they are of a time before"
                        + " statistics.since");
        lateStatistics =
                counter("segue.statistics.late", "Sums that were dropped because their windows are not kept any more");
        refusedStatistics = counter("segue.statistics.refused", "Records of the parts topic that are not Segue's");
        deadlines = counter("segue.deadlines", "Customers evaluated because a deadline was due");
        wakeUps = counter(
                "segue.wake.ups", "Instants at which a deadline of a customer was due, also between two events");
        evaluations = counter("segue.evaluations", "Evaluations of a definition for a customer");
        for (BadRecord.Reason reason : BadRecord.Reason.values()) {
            deadLetters.put(reason, deadLettersOf(reason));
        }
        for (Cause.Kind cause : Cause.Kind.values()) {
            latency.put(cause, latencyOf(cause));
        }
        for (TriggerDecision.Kind kind : TriggerDecision.Kind.values()) {
            decisions.put(kind, decisionsOf(kind));
        }
        for (Limit limit : Limit.values()) {
            limits.put(limit, limitsOf(limit));
        }
        for (InputProblem.Kind problem : InputProblem.Kind.values()) {
            problems.put(problem, problemsOf(problem));
        }
        Gauge.builder("segue.events.unaccounted", this, Counters::unaccounted)
                .description("Records read minus applied, duplicate, dropped and dead-lettered ones: 0 except for"
                        + " records in progress")
                .register(registry);
        Gauge.builder("segue.deadlines.waiting", waiting, AtomicLong::doubleValue)
                .description("Customers with a pending deadline")
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter deadLettersOf(BadRecord.Reason reason) {
        return Counter.builder("segue.events.dead")
                .description("Records of the events topic that are not events")
                .tag("reason", reason.label())
                .register(registry);
    }

    private Counter shifts(String direction) {
        return Counter.builder("segue.segment.shifts")
                .description("Segments that have grown or shrunk by half within a day")
                .tag("direction", direction)
                .register(registry);
    }

    private Counter limitsOf(Limit limit) {
        return Counter.builder("segue.customer.limits")
                .description("Times that a customer exceeded a limit of the state")
                .tag("limit", limit.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter problemsOf(InputProblem.Kind problem) {
        return Counter.builder("segue.events.problems")
                .description(
                        "Events with a part that was ignored or replaced by a default; included in the applied events")
                .tag("problem", problem.label())
                .register(registry);
    }

    private double unaccounted() {
        return read().unaccounted();
    }

    /** Returns the counts so far. Other threads count meanwhile, so sums may differ by records in progress. */
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
                value(late),
                value(erased),
                value(forwarded),
                value(erasures),
                dead,
                changesOf(Change.Kind.ENTERED),
                changesOf(Change.Kind.EXITED),
                changesOf(Change.Kind.UPDATED),
                decisions.values().stream().mapToLong(Counters::value).sum(),
                failures.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, failure -> value(failure.getValue()))),
                value(ticks),
                value(refusedControl),
                value(deadlines),
                waiting.get());
    }

    public Progress progress() {
        return progress;
    }

    void event() {
        events.increment();
    }

    /** Counts one evaluation: the outcome of the event, the changes, and the expressions that failed. */
    void count(Effects effects) {
        switch (effects.outcome()) {
            case APPLIED -> applied.increment();
            case DUPLICATE -> duplicates.increment();
            case LINKED -> {}
            case ADVANCED -> deadlines.increment();
            case LEFT -> left.increment();
            case UNITED -> united.increment();
            case ERASED -> {
                applied.increment();
                erasures.increment();
            }
        }
        countWork(effects);
    }

    /** Counts an erasure that no event of the id itself asked for. */
    void erasedAlso(Effects effects) {
        erasures.increment();
        countWork(effects);
    }

    private void countWork(Effects effects) {
        count(effects.limits());
        wakeUps.increment(effects.work().wakeUps());
        evaluations.increment(effects.work().evaluations());
        effects.problems().forEach(problem -> problems.get(problem.kind()).increment());
        effects.changes().forEach(this::count);
        effects.failures().forEach(this::failure);
    }

    /** Counts what a past event could not do for the definitions that it is read for. */
    void past(Effects effects) {
        count(effects.limits());
        effects.failures().forEach(this::failure);
    }

    private void failure(String definition) {
        failures.computeIfAbsent(definition, this::failuresOf).increment();
    }

    private void count(Change change) {
        changes.computeIfAbsent(change.segment(), this::changesOfSegment)
                .get(change.kind())
                .increment();
    }

    void decision(TriggerDecision decision) {
        decisions.get(decision.kind()).increment();
    }

    private Counter decisionsOf(TriggerDecision.Kind kind) {
        return Counter.builder("segue.decisions")
                .description("Decisions of triggers; work that was repeated after a failure counts again")
                .tag("kind", kind.name())
                .register(registry);
    }

    private void count(List<Limit> reached) {
        for (int index = 0; index < reached.size(); index++) {
            limit(reached.get(index));
        }
    }

    void limit(Limit reached) {
        limits.get(reached).increment();
    }

    void deadLetter(BadRecord.Reason reason) {
        deadLetters.get(reason).increment();
    }

    /** @param millis from the cause of the change (the event's record, or the instant itself) until it was detected */
    void latency(Cause.Kind cause, long millis) {
        latency.get(cause).record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    /** Counts an event that was dropped because its customer was erased. */
    void erased() {
        erased.increment();
    }

    void problem(InputProblem problem) {
        problems.get(problem.kind()).increment();
    }

    void forwarded() {
        forwarded.increment();
    }

    void circle() {
        circles.increment();
    }

    void late() {
        late.increment();
    }

    void tick() {
        ticks.increment();
    }

    void cuts() {
        cuts.increment();
    }

    void refusedCounts() {
        refusedCounts.increment();
    }

    ProductCounters products() {
        return products;
    }

    void refusedControl() {
        refusedControl.increment();
    }

    void session() {
        sessions.increment();
    }

    void lateForSession() {
        lateForSession.increment();
    }

    /** Counts a segment that has grown or shrunk by half within a day. */
    public void shifted(SegmentShift shift) {
        (shift.isGrowth() ? grown : shrunk).increment();
    }

    void statisticPart() {
        statisticParts.increment();
    }

    void statisticBeforeSince() {
        statisticsBeforeSince.increment();
    }

    void lateStatistic() {
        lateStatistics.increment();
    }

    void refusedStatistic() {
        refusedStatistics.increment();
    }

    void waiting(int more) {
        waiting.addAndGet(more);
    }

    private Map<Change.Kind, Counter> changesOfSegment(String segment) {
        Map<Change.Kind, Counter> byKind = new EnumMap<>(Change.Kind.class);
        for (Change.Kind kind : Change.Kind.values()) {
            byKind.put(
                    kind,
                    Counter.builder("segue.changes")
                            .description("Changes by segment; work that was repeated after a failure counts again")
                            .tag("segment", segment)
                            .tag("kind", kind.name())
                            .register(registry));
        }
        return byKind;
    }

    private long changesOf(Change.Kind kind) {
        return changes.values().stream()
                .mapToLong(byKind -> value(byKind.get(kind)))
                .sum();
    }

    private Timer latencyOf(Cause.Kind cause) {
        return Timer.builder("segue.change.latency")
                .description("Time from an event's record, or from a deadline, until its change was detected; readers"
                        + " see it with the next commit")
                .tag("cause", cause.name())
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private Counter failuresOf(String definition) {
        return Counter.builder("segue.definition.failures")
                .description("Expressions that could not be evaluated and counted as false")
                .tag("definition", definition)
                .register(registry);
    }

    private static long value(Counter counter) {
        return (long) counter.count();
    }
}
