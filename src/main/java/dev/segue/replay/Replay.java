// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.config.ErasureSettings;
import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs a plan over events in memory. Equal events yield equal changes: the clock is read only for the rates. Not safe
 * for several threads; a replay runs once.
 */
public final class Replay {
    /** Events are read in batches, so that reading and the engine can be timed separately. */
    private static final int BATCH = 8192;

    /** The sort is stable, so a customer's changes of one instant stay in emission order. */
    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::effectiveAt).thenComparing(Change::customerId);

    private static final Comparator<TriggerDecision> DECISION_ORDER =
            Comparator.comparing(TriggerDecision::decidedAt).thenComparing(TriggerDecision::customerId);

    private final Plan plan;
    private final Persons persons;
    private final List<Change> changes = new ArrayList<>();
    private final List<TriggerDecision> decisions = new ArrayList<>();
    private final Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    private final Map<InputProblem.Kind, ProblemCount> problems = new EnumMap<>(InputProblem.Kind.class);
    private final Currencies currencies = new Currencies();
    private final Map<String, Long> failures = new TreeMap<>();
    private long events;
    private long dropped;
    private long leftOut;
    private long duplicates;
    private long late;
    private long lastEvent = Long.MIN_VALUE;
    private long readNanos;
    private long engineNanos;

    /** Every event of a customer links its {@code anonymous_id}. */
    public Replay(Plan plan) {
        this(plan, new Linking(IdentitySettings.defaults(), LimitSettings.defaults()));
    }

    public Replay(Plan plan, Linking linking) {
        this(plan, linking, new ProductTable());
    }

    /** @param products what is known of products, at any instant */
    public Replay(Plan plan, Linking linking, ProductTable products) {
        this.plan = plan;
        this.persons = new Persons(plan, linking, ErasureSettings.defaults(), products, new Tally());
    }

    /**
     * Reads all events, applies those that are not after the end, and advances every customer's time.
     *
     * @return the changes and a summary
     * @throws ArithmeticException if {@code until} is out of range
     */
    public ReplayResult run(EventReader reader, Until until) {
        List<Event> batch = new ArrayList<>(BATCH);
        do {
            long start = System.nanoTime();
            fill(batch, reader);
            long read = System.nanoTime();
            batch.forEach(event -> applyBefore(until, event));
            readNanos += read - start;
            engineNanos += System.nanoTime() - read;
        } while (!batch.isEmpty());
        long start = System.nanoTime();
        if (events > 0) {
            OptionalLong end = until.millis(lastEvent);
            if (persons.areCompared()) {
                persons.compareAt(end.orElse(lastEvent));
            }
            end.ifPresent(this::advance);
        }
        changes.sort(ORDER);
        decisions.sort(DECISION_ORDER);
        engineNanos += System.nanoTime() - start;
        return new ReplayResult(List.copyOf(changes), List.copyOf(decisions), summary(reader));
    }

    private static void fill(List<Event> batch, EventReader reader) {
        batch.clear();
        while (batch.size() < BATCH) {
            Event event = reader.next();
            if (event == null) {
                return;
            }
            batch.add(event);
        }
    }

    private void applyBefore(Until end, Event event) {
        if (end.includes(event.time())) {
            apply(event);
        } else {
            leftOut++;
        }
    }

    private void apply(Event event) {
        events++;
        lastEvent = Math.max(lastEvent, event.time());
        if (!plan.hasCurrency()) {
            currencies.note(event);
        }
        persons.apply(event);
    }

    /** Counts what becomes of the events. */
    private final class Tally implements Persons.Listener {
        @Override
        public void applied(String customer, Event event, Effects effects, boolean behind) {
            note(effects);
            boolean isDuplicate = effects.outcome() == Effects.Outcome.DUPLICATE;
            duplicates += isDuplicate ? 1 : 0;
            late += behind && !isDuplicate ? 1 : 0;
        }

        @Override
        public void changed(Effects effects) {
            note(effects);
        }

        @Override
        public void moved(String from, String into) {
            // Both are one customer in the summary.
        }

        @Override
        public void refused(InputProblem problem) {
            problems.merge(problem.kind(), new ProblemCount(1, problem.value()), ProblemCount::and);
        }

        @Override
        public void keptOut(Event event) {
            dropped++;
        }
    }

    private void advance(long until) {
        for (CustomerState state : persons.customers()) {
            note(plan.advance(state, until, until));
        }
    }

    private void note(Effects effects) {
        changes.addAll(effects.changes());
        decisions.addAll(effects.decisions());
        effects.limits().forEach(limit -> limits.merge(limit, 1L, Long::sum));
        effects.problems()
                .forEach(problem ->
                        problems.merge(problem.kind(), new ProblemCount(1, problem.value()), ProblemCount::and));
        effects.failures().forEach(definition -> failures.merge(definition, 1L, Long::sum));
    }

    /** The current customers. */
    Collection<CustomerState> customers() {
        return persons.customers();
    }

    private Map<String, Reach> reach() {
        Map<String, Set<String>> entered = new HashMap<>();
        Map<String, Set<String>> inside = new HashMap<>();
        for (Change change : changes) {
            Set<String> members = inside.computeIfAbsent(change.segment(), any -> new HashSet<>());
            switch (change.kind()) {
                case ENTERED -> {
                    entered.computeIfAbsent(change.segment(), any -> new HashSet<>())
                            .add(change.customerId());
                    members.add(change.customerId());
                }
                case EXITED -> members.remove(change.customerId());
                case UPDATED -> {}
            }
        }
        Map<String, Reach> reach = new TreeMap<>();
        for (String segment : plan.segments()) {
            reach.put(
                    segment,
                    new Reach(
                            entered.getOrDefault(segment, Set.of()).size(),
                            inside.getOrDefault(segment, Set.of()).size()));
        }
        return reach;
    }

    private Map<String, Map<TriggerDecision.Kind, Long>> decisionsByTrigger() {
        Map<String, Map<TriggerDecision.Kind, Long>> byTrigger = new TreeMap<>();
        for (TriggerDecision decision : decisions) {
            byTrigger
                    .computeIfAbsent(decision.trigger(), any -> new TreeMap<>())
                    .merge(decision.kind(), 1L, Long::sum);
        }
        return byTrigger;
    }

    private ReplaySummary summary(EventReader reader) {
        Map<String, Map<Change.Kind, Long>> bySegment = new TreeMap<>();
        for (Change change : changes) {
            bySegment.computeIfAbsent(change.segment(), any -> new TreeMap<>()).merge(change.kind(), 1L, Long::sum);
        }
        return new ReplaySummary(
                events,
                duplicates,
                late,
                dropped,
                leftOut,
                persons.customers().size(),
                bySegment,
                decisionsByTrigger(),
                reach(),
                limits,
                problems,
                currencies.mixed(),
                failures,
                readNanos,
                engineNanos,
                reader.reports());
    }
}
