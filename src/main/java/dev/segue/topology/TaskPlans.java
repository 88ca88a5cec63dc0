// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Fill;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.SetPlans;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.state.StateCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one task. The task takes them from its store and from the log, never from disk, so all instances evaluate
 * the same definitions at the same place of the log. A customer lives under the plan that wrote its state up to the
 * instant of the change, and only then under the next one: a change of definitions moves no other change.
 *
 * <p>While definitions do not know their past, customers live under a plan without them. Once the past has been read,
 * each customer is united with its own; new customers have none.
 */
final class TaskPlans implements Evaluator {
    private final StoredSets stored;
    private final Sources sources;
    private final Customers.Shared shared;
    /** Those that may have written a customer's state; the last one is evaluated. */
    private final List<Active> all = new ArrayList<>();

    /** Null until the past has been read. */
    private @Nullable ReadPast read;

    /**
     * What the plan of the past has computed from exactly the events that the task had applied.
     *
     * @param histories returns the history of a customer, once
     * @param since the time of the first event that was left, if earlier ones had been deleted, in milliseconds since the
     *     epoch; null if none had been deleted
     */
    record ReadPast(
            Function<CustomerState, Fill.History> histories,
            @Nullable Long since) {}

    /** One set with its plans. {@code full} and {@code silent} are equal if every definition knows its past. */
    private record Active(
            LiveSets sets,
            TaskPast past,
            PlanEngine full,
            PlanEngine silent,
            @Nullable Fill fill,
            ShortHistories shortHistories) {
        static Active of(
                LiveSets sets,
                TaskPast past,
                SetPlans plans,
                ShortHistories shortHistories,
                Function<Plan, PlanEngine> engines) {
            PlanEngine full = engines.apply(plans.full());
            Fill fill = plans.fill();
            PlanEngine silent = fill == null ? full : engines.apply(fill.silent());
            return new Active(sets, past, full, silent, fill, shortHistories);
        }

        Active knowing(TaskPast known, ShortHistories marks) {
            return new Active(sets, known, full, silent, fill, marks);
        }

        long since() {
            return sets.since().toEpochMilli();
        }

        /** Returns the engine that has written a state, which may be another one. */
        PlanEngine writer(CustomerState state) {
            return state.clock().plan() == full.fingerprint() ? full : silent;
        }

        boolean hasWritten(CustomerState state) {
            return state.clock().plan() == writer(state).fingerprint();
        }
    }

    /**
     * From what plans are made.
     *
     * @param stateBytes limit for the stored state of one customer
     */
    record Sources(Plans plans, ControlCodec control, LiveSetsCodec sets, int stateBytes, Visits visits) {
        private PlanEngine engine(Plan plan, Customers.Shared shared) {
            return new PlanEngine(plan, stateBytes, visits, shared);
        }
    }

    private TaskPlans(StoredSets stored, Sources sources, Customers.Shared shared) {
        this.stored = stored;
        this.sources = sources;
        this.shared = shared;
    }

    /**
     * Returns the plans of a task.
     *
     * @param shared that of all customers of the task
     * @param first the sets with which a task begins that has none yet
     */
    static TaskPlans open(CustomerStore store, Sources sources, Customers.Shared shared, Supplier<LiveSets> first) {
        TaskPlans plans = new TaskPlans(new StoredSets(store, sources.control(), sources.sets()), sources, shared);
        List<LiveSets> known = plans.stored.read();
        if (known.isEmpty()) {
            LiveSets sets = first.get();
            plans.stored.add(sets);
            known = List.of(sets);
        }
        known.forEach(sets -> plans.activate(sets, plans.stored.past(sets)));
        return plans;
    }

    private void activate(LiveSets sets, TaskPast past) {
        all.add(Active.of(
                sets,
                past,
                sources.plans().of(sets, past.unfilled()),
                sources.plans().histories(sets.live(), past.since()),
                plan -> sources.engine(plan, shared)));
        read = null;
    }

    /**
     * Takes one part of an activation.
     *
     * @return the instant of the change, if other definitions are evaluated from now on; null if not
     * @throws BadRecord if the parts are not whole
     */
    @Nullable
    Long take(Control.Activation part) throws BadRecord {
        LiveSets live = live();
        long published = live.live().at().toEpochMilli();
        if (part.published() < published || (part.published() == published && part.step() <= live.step())) {
            return null;
        }
        LiveSets next = stored.take(part);
        if (next == null) {
            return null;
        }
        TaskPast before = current().past();
        Unfilled unfilled = sources.plans().unfilled(live, before.unfilled(), next);
        TaskPast past = before.next(unfilled, ids(next.live()));
        stored.past(next, past);
        activate(next, past);
        return next.since().toEpochMilli();
    }

    private static Set<String> ids(DefinitionSet set) {
        return set.sources().stream().map(DefinitionSource::id).collect(Collectors.toSet());
    }

    /** Returns the sets that are evaluated and kept. */
    LiveSets live() {
        return current().sets();
    }

    /** Returns the names of the segments that are evaluated. */
    List<String> segments() {
        return current().full().plan().segments();
    }

    /** Returns the populations in which customers are counted. */
    List<PopulationNeed> populations() {
        return current().full().plan().populations();
    }

    /** Returns whether all plans that may have written a state count a population, so that every customer is counted. */
    boolean alwaysCounts(long population) {
        return all.stream()
                .allMatch(active -> active.full().plan().counts(population)
                        && active.silent().plan().counts(population));
    }

    private Active current() {
        return all.get(all.size() - 1);
    }

    /** Returns the fill of definitions that do not know their past yet; null if all know it. */
    @Nullable
    Fill fill() {
        return current().fill();
    }

    /** Returns whether the past is still being read, for customers who are to be united with it. */
    boolean readsPast() {
        return fill() != null && read == null;
    }

    private boolean awaitsPast(CustomerState state) {
        Fill fill = fill();
        return fill != null
                && read == null
                && state.clock().plan() != 0
                && state.clock().plan() != fill.full().fingerprint();
    }

    /** Unites every customer with its past from now on. */
    void unite(ReadPast past) {
        Active live = current();
        Long since = past.since();
        Map<String, Long> shortened = new HashMap<>();
        if (since != null) {
            live.past().unfilled().ids().forEach(id -> shortened.put(id, since));
        }
        TaskPast known = live.past().filled(Set.of(), shortened);
        all.set(
                all.size() - 1,
                live.knowing(known, sources.plans().histories(live.sets().live(), known.since())));
        read = past;
    }

    /** Returns whether something is left that ends once every customer has been visited. */
    boolean isUnsettled() {
        return all.size() > 1 || read != null;
    }

    /** Every customer has been visited since the last change: earlier plans, and a fill that unites customers, are done. */
    void settle() {
        Active live = current();
        all.clear();
        if (read == null) {
            all.add(live);
        } else {
            TaskPast past = live.past().filled(ids(live.sets().live()), Map.of());
            stored.past(live.sets(), past);
            activate(live.sets(), past);
        }
        stored.keepOnly(live.sets());
    }

    @Override
    public long deadline(byte[] state) {
        return target(StateCodec.fingerprint(state)).deadline(state);
    }

    @Override
    public long deadline(CustomerState state) {
        return target(state.clock().plan()).deadline(state);
    }

    /** Returns the engine under which a customer lives next. */
    private PlanEngine target(long writtenBy) {
        Active live = current();
        boolean isFull =
                read != null || writtenBy == 0 || writtenBy == live.full().fingerprint();
        return isFull ? live.full() : live.silent();
    }

    @Override
    public Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
        boolean erases = event.erasesCustomer();
        Effects before = erases ? movedOn(state, detectedAt) : united(state, Math.max(tick, event.time()), detectedAt);
        PlanEngine engine =
                erases ? current().writer(state) : target(state.clock().plan());
        return current().shortHistories().mark(engine.apply(state, event, tick, detectedAt, before));
    }

    @Override
    public Outcome advance(CustomerState state, long to, long detectedAt) {
        Effects before = united(state, to, detectedAt);
        PlanEngine engine = target(state.clock().plan());
        return current().shortHistories().mark(engine.advance(state, to, detectedAt, before));
    }

    /** See {@link Plan#linked}. */
    Outcome linked(CustomerState state, long to, long detectedAt) {
        Effects before = united(state, to, detectedAt);
        PlanEngine engine = target(state.clock().plan());
        return current().shortHistories().mark(engine.linked(state, to, detectedAt, before));
    }

    /** See {@link Plan#leave}. */
    Outcome leave(CustomerState state, String into, long to, long detectedAt) {
        Effects before = united(state, to, detectedAt);
        PlanEngine engine = target(state.clock().plan());
        return current().shortHistories().mark(engine.leave(state, into, to, detectedAt, before));
    }

    /** See {@link Plan#unite}. */
    Outcome unite(CustomerState state, CustomerState other, long to, long detectedAt) {
        long at = Math.max(to, other.clock().now());
        Effects before = united(state, at, detectedAt);
        Fill fill = fill();
        if (fill != null && awaitsPast(other) && !awaitsPast(state)) {
            // Whoever is new here, and not to Segue, has a past.
            before = fill.silent().advance(state, at, detectedAt).after(before);
        }
        PlanEngine engine = target(state.clock().plan());
        return current().shortHistories().mark(engine.unite(state, other, at, detectedAt, before));
    }

    /** See {@link Plan#erase}. */
    Outcome erase(CustomerState state, long at, long detectedAt) {
        Effects before = movedOn(state, detectedAt);
        return current().writer(state).erase(state, at, detectedAt, before);
    }

    private @Nullable Effects united(CustomerState state, long to, long detectedAt) {
        Effects before = movedOn(state, detectedAt);
        Fill fill = fill();
        ReadPast past = read;
        boolean isNew = state.clock().plan() == 0;
        if (isNew
                || fill == null
                || past == null
                || state.clock().plan() == fill.full().fingerprint()) {
            return before;
        }
        return fill.unite(state, past.histories().apply(state), to, detectedAt).after(before);
    }

    /** Lets a customer live through all changes of definitions, each at its own instant. */
    private @Nullable Effects movedOn(CustomerState state, long detectedAt) {
        int last = all.size() - 1;
        int writer = last;
        while (writer >= 0 && !all.get(writer).hasWritten(state)) {
            writer--;
        }
        Effects effects = null;
        for (int index = writer; index >= 0 && index < last; index++) {
            Active next = all.get(index + 1);
            long at = next.since();
            Plan before = all.get(index).writer(state).plan();
            effects = before.advance(state, at, detectedAt).after(effects);
            effects = next.silent().plan().advance(state, at, detectedAt).after(effects);
        }
        return effects;
    }
}
