// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.LiveSetsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one task. The task takes them from its store and from the log, never from disk, so all instances evaluate
 * the same definitions at the same place of the log. A customer lives under the plan that wrote its state up to the
 * instant of the change, and only then under the next one: a change of definitions moves no other change.
 */
final class TaskPlans implements Evaluator {
    private final StoredSets stored;
    private final Sources sources;
    /** Those that may have written a customer's state; the last one is evaluated. */
    private final List<Active> all = new ArrayList<>();

    private record Active(LiveSets sets, PlanEngine engine) {
        long since() {
            return sets.since().toEpochMilli();
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
        known.forEach(plans::activate);
        return plans;
    }

    private void activate(LiveSets sets) {
        all.add(new Active(sets, new PlanEngine(sources.plans().of(sets), sources.stateBytes())));
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
        activate(next);
        return next.since().toEpochMilli();
    }

    /** Returns the sets that are evaluated and kept. */
    LiveSets live() {
        return current().sets();
    }

    private Active current() {
        return all.get(all.size() - 1);
    }

    /** Returns whether states of earlier plans may be left. */
    boolean hasEarlier() {
        return all.size() > 1;
    }

    /** Forgets earlier plans: no state of them is left. */
    void forgetEarlier() {
        all.subList(0, all.size() - 1).clear();
        stored.keepOnly(live());
    }

    @Override
    public long deadline(byte[] state) {
        return current().engine().deadline(state);
    }

    @Override
    public long deadline(CustomerState state) {
        return current().engine().deadline(state);
    }

    @Override
    public Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
        return current().engine().apply(state, event, tick, detectedAt, movedOn(state, detectedAt));
    }

    @Override
    public Outcome advance(CustomerState state, long to, long detectedAt) {
        return current().engine().advance(state, to, detectedAt, movedOn(state, detectedAt));
    }

    /** Lets a customer live through all changes of definitions, each at its own instant. */
    private @Nullable Effects movedOn(CustomerState state, long detectedAt) {
        int last = all.size() - 1;
        int writer = last;
        while (writer >= 0
                && all.get(writer).engine().fingerprint() != state.clock().plan()) {
            writer--;
        }
        Effects effects = null;
        for (int index = writer; index >= 0 && index < last; index++) {
            long at = all.get(index + 1).since();
            effects = all.get(index)
                    .engine()
                    .plan()
                    .advance(state, at, detectedAt)
                    .after(effects);
            effects = all.get(index + 1)
                    .engine()
                    .plan()
                    .advance(state, at, detectedAt)
                    .after(effects);
        }
        return effects;
    }
}
