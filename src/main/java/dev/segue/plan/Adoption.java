// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Cause;
import dev.segue.plan.expression.Aggregate;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.CustomerState.Clock;
import dev.segue.plan.state.DueTimes;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prepares states that another plan wrote. Safe for many threads. */
final class Adoption {
    private final Plan plan;
    private final List<Aggregate> aggregates;
    private final Set<Integer> ids = new HashSet<>();
    private final Set<String> segments;
    private final Set<String> untouched;

    /** @param untouched see {@link PlanSource} */
    Adoption(Plan plan, List<Aggregate> aggregates, Set<String> untouched) {
        this.plan = plan;
        this.aggregates = aggregates;
        this.segments = Set.copyOf(plan.segments());
        this.untouched = untouched;
        aggregates.forEach(aggregate -> ids.add(aggregate.id()));
    }

    /** Prepares a new state, or one that another plan wrote. */
    void adopt(Evaluation evaluation, long at) {
        CustomerState state = evaluation.state();
        boolean isNew = state.clock().plan() == 0;
        evaluation.at(at, Cause.DEFINITION);
        if (isNew) {
            take(state, at);
            return;
        }
        adoptAggregates(state);
        take(state, at);
        evaluation.standsOnlyIn(plan::counts);
        endRemoved(evaluation);
        evaluateAll(evaluation);
    }

    /** Drops aggregates that this plan does not have, and adapts the others. */
    void adoptAggregates(CustomerState state) {
        state.aggregates().retain(ids::contains);
        aggregates.forEach(aggregate -> aggregate.adopt(state.aggregates()));
    }

    /** Adds some aggregates of another history of the same person; returns the limits that were reached. */
    List<Limit> merge(Collection<Integer> some, CustomerState state, CustomerState history, long now) {
        List<Limit> reached = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            if (some.contains(aggregate.id())) {
                boolean unused = aggregate.merge(state.aggregates(), history.aggregates(), now, reached::add);
            }
        }
        return reached;
    }

    /** Adds all aggregates of another history of the same person; returns the limits that were reached. */
    List<Limit> mergeAll(CustomerState state, CustomerState history, long now) {
        adoptAggregates(history);
        return merge(ids, state, history, now);
    }

    /** Returns whether a definition of this plan grants a membership. */
    boolean grants(Membership membership) {
        return isUntouched(membership)
                || plan.definitions().stream().anyMatch(definition -> definition.grants(membership));
    }

    /** See {@link CompiledDefinition#heldFor}. */
    @Nullable
    Waiting heldFor(Membership membership) {
        for (CompiledDefinition definition : plan.definitions()) {
            Waiting held = definition.heldFor(membership);
            if (held != null) {
                return held;
            }
        }
        return null;
    }

    boolean knowsTrigger(String name) {
        return plan.triggers().has(name) || untouched.contains(name);
    }

    boolean knows(Waiting waiting) {
        return segments.contains(waiting.segment()) || untouched.contains(waiting.segment());
    }

    /** Marks a state as written by this plan, with nothing known of when it changes. */
    void take(CustomerState state, long at) {
        state.setClock(new Clock(at, CustomerState.NEVER, plan.fingerprint()));
        state.setDueTimes(null);
        state.askedProducts().clear();
        state.tested().clear();
        state.askedProducts().setSeen(state.products().numberAt(at));
        state.setWatched(null);
    }

    /** Evaluates every definition, and records when time alone may change the results. */
    void evaluateAll(Evaluation evaluation) {
        CustomerState state = evaluation.state();
        BitSet all = new BitSet();
        all.set(0, plan.definitions().size());
        plan.evaluate(evaluation, all);
        DueTimes dueTimes = new DueTimes();
        state.setDueTimes(dueTimes);
        long at = state.clock().now();
        state.setClock(new Clock(at, plan.nextDeadline(state, all, evaluation.frame(), dueTimes), plan.fingerprint()));
    }

    /** Ends memberships and waits of definitions that no longer exist. */
    private void endRemoved(Evaluation evaluation) {
        CustomerState state = evaluation.state();
        for (Membership membership : List.copyOf(state.memberships())) {
            if (!grants(membership)) {
                state.leave(membership.segment());
                evaluation.removed(membership);
            }
        }
        for (Waiting waiting : List.copyOf(state.waiting())) {
            if (!knows(waiting)) {
                state.stopAwaiting(waiting.segment());
            }
        }
        plan.triggers().endRemoved(evaluation, this::knowsTrigger);
    }

    private boolean isUntouched(Membership membership) {
        return untouched.contains(membership.definition());
    }
}
