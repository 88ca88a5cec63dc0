// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.population.BucketChange;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Keeping;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives new and changed definitions their past: a customer who has lived under a plan that does not evaluate them goes
 * on under one that does, with the results and the data that all retained events of the customer give. Safe for many
 * threads.
 *
 * @param silent the plan without the filled definitions; their memberships are untouched by it
 * @param full the plan with them
 * @param past computes their results from past events
 * @param names of the filled definitions
 */
public record Fill(Plan silent, Plan full, Plan past, Set<String> names) {
    public Fill {
        names = Set.copyOf(names);
    }

    /**
     * What the retained events of a customer give.
     *
     * @param state to which the plan of the past has applied the same events as the silent plan, as far as they are
     *     retained
     * @param since earlier events may have been deleted before they could be applied, in milliseconds since the epoch;
     *     null if none have been deleted
     */
    public record History(CustomerState state, @Nullable Long since) {}

    /**
     * Moves a customer to the full plan. Only the difference to what was told before is told: a membership that began in
     * the past as ENTERED with its beginning, one that is no longer justified as EXITED, and nothing for one that goes
     * on.
     *
     * @param state that the silent plan has written
     * @param known of the same customer; may not be used any more
     * @param to the later of this and the customer's own time is the instant of the changes, in milliseconds since the
     *     epoch
     * @param detectedAt the clock, in milliseconds since the epoch
     */
    public Effects unite(CustomerState state, History known, long to, long detectedAt) {
        CustomerState history = known.state();
        Effects before = silent.advance(state, to, detectedAt);
        long now = Math.max(to, state.clock().now());
        Effects unused = past.advance(history, now, detectedAt);
        List<Membership> told = ofFilled(state);
        List<Limit> limits = new ArrayList<>();
        List<Integer> divided = takeAggregates(state, known, now, limits);
        takeResults(state, history, told);
        full.adoption().adoptAggregates(state);
        limits.addAll(full.adoption().merge(divided, state, history, now));
        full.adoption().take(state, now);
        List<BucketChange> counted = settle(state, told, now, detectedAt);
        Evaluation evaluation = new Evaluation(state, detectedAt);
        evaluation.counted(counted);
        evaluation.backfill(now);
        tell(evaluation, told);
        evaluation.endBackfill();
        full.adoption().evaluateAll(evaluation);
        return Effects.of(Effects.Outcome.ADVANCED, evaluation, limits).after(before);
    }

    private List<Membership> ofFilled(CustomerState state) {
        return state.memberships().stream()
                .filter(membership -> names.contains(membership.definition()))
                .toList();
    }

    /**
     * Takes over the aggregates of which the silent plan keeps less than the full one.
     *
     * @param limits gets an entry for each of them that cannot take over what the history knows
     * @return those of which the customer's own data reaches further back than the history: it keeps only what is older,
     *     and the history is still to be added
     */
    private List<Integer> takeAggregates(CustomerState state, History past, long now, List<Limit> limits) {
        CustomerState history = past.state();
        Long since = past.since();
        List<Integer> divided = new ArrayList<>();
        for (Map.Entry<Integer, Keeping> kept : full.keeping().entrySet()) {
            int id = kept.getKey();
            Keeping known = silent.keeping().get(id);
            if (known != null && known.covers(kept.getValue())) {
                continue;
            }
            AggregateState own = state.aggregates().take(id);
            AggregateState whole = history.aggregates().take(id);
            boolean isLonger = own != null && known != null && since != null && !known.isWithin(now, since);
            if (isLonger && whole != null && own.keepBefore(history.history().firstAt())) {
                state.aggregates().put(id, own);
                history.aggregates().put(id, whole);
                divided.add(id);
            } else if (isLonger || whole == null) {
                put(state, id, own);
                if (whole != null) {
                    limits.add(Limit.PAST);
                }
            } else {
                put(state, id, whole);
            }
        }
        return divided;
    }

    private static void put(CustomerState state, int id, @Nullable AggregateState taken) {
        if (taken != null) {
            state.aggregates().put(id, taken);
        }
    }

    private void takeResults(CustomerState state, CustomerState history, List<Membership> told) {
        told.forEach(membership -> state.leave(membership.segment()));
        Set<String> known = new HashSet<>();
        for (Membership membership : ofFilled(history)) {
            Membership before = same(membership, told);
            state.enter(before == null ? membership : membership.since(before.enteredAt()));
            known.add(membership.definition());
        }
        // The past knows no percentiles and no facts of products, and so cannot tell that nobody was in.
        told.stream()
                .filter(membership -> !known.contains(membership.definition()))
                .filter(membership -> full.definitions().stream()
                        .anyMatch(definition -> definition.readsThePresent() && definition.grants(membership)))
                .forEach(state::enter);
        for (Waiting waiting : List.copyOf(state.waiting())) {
            if (names.contains(waiting.segment())) {
                state.stopAwaiting(waiting.segment());
            }
        }
        history.waiting().stream()
                .filter(waiting -> names.contains(waiting.segment()))
                .forEach(state::await);
    }

    /** Returns the membership that goes on as another one; null if there is none. */
    private static @Nullable Membership same(Membership one, List<Membership> others) {
        for (Membership other : others) {
            if (one.segment().equals(other.segment())
                    && Objects.equals(one.group(), other.group())
                    && (one.value() == null) == (other.value() == null)) {
                return other;
            }
        }
        return null;
    }

    /**
     * Evaluates the filled definitions without telling it: the customer's own aggregates may reach further back than the
     * retained events, and only the present knows percentiles.
     */
    private List<BucketChange> settle(CustomerState state, List<Membership> told, long now, long detectedAt) {
        CustomerState.History numbers = state.history();
        Evaluation evaluation = new Evaluation(state, detectedAt);
        evaluation.backfill(now);
        for (CompiledDefinition definition : full.definitions()) {
            boolean isFilled = names.contains(definition.name()) && !(definition instanceof CompiledTrigger);
            if (isFilled || definition instanceof CompiledPopulation) {
                definition.evaluate(evaluation);
            }
        }
        for (Membership membership : ofFilled(state)) {
            Membership before = same(membership, told);
            if (before != null && before.enteredAt() < membership.enteredAt()) {
                state.enter(membership.since(before.enteredAt()));
            }
        }
        state.setHistory(numbers);
        return evaluation.bucketChanges();
    }

    private void tell(Evaluation evaluation, List<Membership> told) {
        List<Membership> now = ofFilled(evaluation.state());
        for (CompiledDefinition definition : full.definitions()) {
            told.stream()
                    .filter(left -> left.definition().equals(definition.name()) && same(left, now) == null)
                    .forEach(left -> evaluation.exited(
                            definition.version(), left, definition.evidenceAgainst(evaluation, left)));
        }
        for (CompiledDefinition definition : full.definitions()) {
            now.stream()
                    .filter(membership -> membership.definition().equals(definition.name()))
                    .forEach(membership -> tell(evaluation, definition, membership, same(membership, told)));
        }
    }

    private static void tell(
            Evaluation evaluation, CompiledDefinition definition, Membership now, @Nullable Membership before) {
        boolean updates =
                definition.definition().updateCarry() && before != null && before.carryHash() != now.carryHash();
        if (before != null && !updates && Objects.equals(before.value(), now.value())) {
            return;
        }
        Map<String, Object> carried = definition.carry(evaluation);
        evaluation.state().enter(now.carrying(definition.hash(carried)));
        if (before == null) {
            evaluation.backfilled(definition.version(), now, definition.evidenceFor(evaluation, now), carried);
        } else {
            evaluation.updated(
                    definition.version(),
                    now.segment(),
                    now.group(),
                    now.value(),
                    definition.evidenceFor(evaluation, now),
                    carried);
        }
    }
}
