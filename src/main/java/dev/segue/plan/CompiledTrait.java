// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a customer a value: the first value enters, a new value updates, and no value exits. */
final class CompiledTrait extends CompiledDefinition {
    private final @Nullable Condition when;
    private final Condition value;

    CompiledTrait(
            Definition definition, DefinitionRule.Trait rule, Streams streams, AggregateNeeds aggregates, Terms terms) {
        super(definition, streams, aggregates, terms);
        this.when = rule.when() == null ? null : condition(rule.when());
        this.value = value(rule.value());
    }

    @Override
    boolean grants(Membership membership) {
        return membership.segment().equals(name()) && membership.group() == null && membership.value() != null;
    }

    @Override
    boolean isIn(CustomerState state) {
        return state.membership(name()) != null;
    }

    @Override
    void decide(Evaluation evaluation) {
        Membership membership = evaluation.state().membership(name());
        Object now = valueNow(evaluation);
        if (now == null) {
            if (membership != null) {
                evaluation.state().leave(name());
                evaluation.exited(version(), membership, evidence(evaluation.frame()));
            }
            return;
        }
        boolean stays = membership != null && now.equals(membership.value());
        if (stays && !definition().updateCarry()) {
            return;
        }
        Map<String, Object> carried = carry(evaluation);
        if (stays && hash(carried) == membership.carryHash()) {
            return;
        }
        long since = membership == null ? evaluation.frame().now() : membership.enteredAt();
        evaluation.state().enter(new Membership(name(), version(), since, hash(carried), null, now));
        if (membership == null) {
            evaluation.entered(version(), name(), null, now, evidence(evaluation.frame()), carried);
        } else {
            evaluation.updated(version(), name(), null, now, evidence(evaluation.frame()), carried);
        }
    }

    /**
     * Returns the current value; null if the condition does not hold or, without a condition, if the value is an empty
     * string.
     */
    private @Nullable Object valueNow(Evaluation evaluation) {
        if (when != null && !when.holds(evaluation, name())) {
            return null;
        }
        try {
            Object found = Values.readable(value.value(evaluation.frame()));
            return when == null && found.equals("") ? null : found;
        } catch (EvaluationException none) {
            evaluation.fail(name());
            return null;
        }
    }

    @Override
    List<Evidence> evidenceFor(Evaluation evaluation, Membership membership) {
        return evidence(evaluation.frame());
    }

    @Override
    List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left) {
        return evidence(evaluation.frame());
    }

    private List<Evidence> evidence(Frame frame) {
        List<Evidence> evidence = new ArrayList<>();
        if (when != null) {
            evidence.addAll(when.evidence(frame));
        }
        for (Evidence found : value.evidence(frame)) {
            if (evidence.stream().noneMatch(known -> known.expression().equals(found.expression()))) {
                evidence.add(found);
            }
        }
        return evidence;
    }

    @Override
    long watch(CustomerState state, Frame frame, WatchedTerms watched) {
        Term missing = when == null ? null : when.deciding(frame);
        if (missing != null) {
            return missing.watch(frame, watched);
        }
        long stable = Math.min(value.watchAll(frame, watched), watchCarry(frame, watched));
        return when == null ? stable : Math.min(stable, when.watchAll(frame, watched));
    }
}
