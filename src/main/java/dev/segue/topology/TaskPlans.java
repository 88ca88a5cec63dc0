// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.plan.Effects;
import dev.segue.plan.Fill;
import dev.segue.plan.Plan;
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
    /** Those that may have written a customer's state; the last one is evaluated. */
    private final List<Active> all = new ArrayList<>();

    /** Returns a customer's history under the plan of the past; null until the past has been read. */
    private @Nullable Function<String, CustomerState> histories;

    private @Nullable Long historiesSince;

    private record Active(LiveSets sets, TaskPast past, SetPlans plans, ShortHistories histories) {
        long since() {
            return sets.since().toEpochMilli();
        }

        /** Returns the plan that has written a state, which may be another one. */
        Plan writer(CustomerState state) {
            return state.clock().plan() == plans.full().fingerprint() ? plans.full() : plans.silent();
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
    record Sources(Plans plans, ControlCodec control, LiveSetsCodec sets, int stateBytes) {}

    private TaskPlans(StoredSets stored, Sources sources) {
        this.stored = stored;
        this.sources = sources;
    }

    /**
     * Returns the plans of a task.
     *
     * @param first the sets with which a task begins that has none yet
     */
    static TaskPlans open(CustomerStore store, Sources sources, Supplier<LiveSets> first) {
        TaskPlans plans = new TaskPlans(new StoredSets(store, sources.control(), sources.sets()), sources);
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
        all.add(new Active(
                sets,
                past,
                sources.plans().of(sets, past.unfilled()),
                sources.plans().histories(sets.live(), past.since())));
        histories = null;
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
        if (part.revision() < live.live().revision()
                || (part.revision() == live.live().revision() && part.step() <= live.step())) {
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

    private Active current() {
        return all.get(all.size() - 1);
    }

    /** Returns the fill of definitions that do not know their past yet; null if all know it. */
    @Nullable
    Fill fill() {
        return current().plans().fill();
    }

    /**
     * Unites every customer with its past from now on.
     *
     * @param past returns what the plan of the past has computed from exactly the events that were applied so far
     * @param since the time of the first event that was left, if earlier ones had been deleted, in milliseconds since the
     *     epoch; null if none had been deleted
     */
    void unite(Function<String, CustomerState> past, @Nullable Long since) {
        historiesSince = since;
        Active live = current();
        Map<String, Long> shortened = new HashMap<>();
        if (since != null) {
            live.past().unfilled().ids().forEach(id -> shortened.put(id, since));
        }
        TaskPast known = live.past().filled(Set.of(), shortened);
        ShortHistories marks = sources.plans().histories(live.sets().live(), known.since());
        all.set(all.size() - 1, new Active(live.sets(), known, live.plans(), marks));
        histories = past;
    }

    /** Returns whether something is left that ends once every customer has been visited. */
    boolean isUnsettled() {
        return all.size() > 1 || histories != null;
    }

    /** Every customer has been visited since the last change: earlier plans, and a fill that unites customers, are done. */
    void settle() {
        Active live = current();
        all.clear();
        if (histories == null) {
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
        return engine(target(StateCodec.fingerprint(state))).deadline(state);
    }

    @Override
    public long deadline(CustomerState state) {
        return engine(target(state.clock().plan())).deadline(state);
    }

    /** Returns the plan under which a customer lives next. */
    private Plan target(long writtenBy) {
        SetPlans plans = current().plans();
        boolean isFull =
                histories != null || writtenBy == 0 || writtenBy == plans.full().fingerprint();
        return isFull ? plans.full() : plans.silent();
    }

    private PlanEngine engine(Plan plan) {
        return new PlanEngine(plan, sources.stateBytes());
    }

    @Override
    public Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
        boolean erases = event.type().name().equals(EventNames.CUSTOMER_ERASED);
        Effects before = erases ? movedOn(state, detectedAt) : united(state, Math.max(tick, event.time()), detectedAt);
        Plan plan = erases ? current().writer(state) : target(state.clock().plan());
        return current().histories().mark(engine(plan).apply(state, event, tick, detectedAt, before));
    }

    @Override
    public Outcome advance(CustomerState state, long to, long detectedAt) {
        Effects before = united(state, to, detectedAt);
        return current().histories().mark(engine(target(state.clock().plan())).advance(state, to, detectedAt, before));
    }

    /** See {@link Plan#leave}. */
    Outcome leave(CustomerState state, String into, long to, long detectedAt) {
        Effects before = united(state, to, detectedAt);
        return current()
                .histories()
                .mark(engine(target(state.clock().plan())).leave(state, into, to, detectedAt, before));
    }

    /** See {@link Plan#unite}. */
    Outcome unite(CustomerState state, CustomerState other, long to, long detectedAt) {
        long at = Math.max(to, other.clock().now());
        Effects before = united(state, at, detectedAt);
        return current()
                .histories()
                .mark(engine(target(state.clock().plan())).unite(state, other, at, detectedAt, before));
    }

    /** See {@link Plan#erase}. */
    Outcome erase(CustomerState state, long at, long detectedAt) {
        Effects before = movedOn(state, detectedAt);
        return engine(current().writer(state)).erase(state, at, detectedAt, before);
    }

    private @Nullable Effects united(CustomerState state, long to, long detectedAt) {
        Effects before = movedOn(state, detectedAt);
        Fill fill = fill();
        Function<String, CustomerState> past = histories;
        boolean isNew = state.clock().plan() == 0;
        if (isNew
                || fill == null
                || past == null
                || state.clock().plan() == fill.full().fingerprint()) {
            return before;
        }
        return fill.unite(state, past.apply(state.customerId()), historiesSince, to, detectedAt)
                .after(before);
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
            long at = all.get(index + 1).since();
            effects =
                    all.get(index).writer(state).advance(state, at, detectedAt).after(effects);
            effects = all.get(index + 1)
                    .plans()
                    .silent()
                    .advance(state, at, detectedAt)
                    .after(effects);
        }
        return effects;
    }
}
