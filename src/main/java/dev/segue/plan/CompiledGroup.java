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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the customer into the first of several segments whose condition holds, or into none. */
final class CompiledGroup extends CompiledDefinition {
    private record Choice(String segment, Condition condition) {}

    private final List<Choice> choices = new ArrayList<>();

    CompiledGroup(
            Definition definition, DefinitionRule.Group rule, Streams streams, AggregateNeeds aggregates, Terms terms) {
        super(definition, streams, aggregates, terms);
        rule.choices().forEach((segment, expression) -> choices.add(new Choice(segment, condition(expression))));
    }

    @Override
    boolean grants(Membership membership) {
        return name().equals(membership.group()) && definition().segments().contains(membership.segment());
    }

    @Override
    boolean isIn(CustomerState state) {
        return state.membershipOfGroup(name()) != null;
    }

    @Override
    void decide(Evaluation evaluation) {
        Choice holding = holding(evaluation);
        Membership membership = evaluation.state().membershipOfGroup(name());
        if (membership != null && (holding == null || !holding.segment().equals(membership.segment()))) {
            evaluation.state().leave(membership.segment());
            evaluation.exited(version(), membership, exitEvidence(membership, holding, evaluation));
            membership = null;
        }
        if (holding == null || (membership != null && !definition().updateCarry())) {
            return;
        }
        Map<String, Object> carried = carry(evaluation);
        if (membership != null && hash(carried) == membership.carryHash()) {
            return;
        }
        String segment = holding.segment();
        long since = membership == null ? evaluation.frame().now() : membership.enteredAt();
        evaluation.state().enter(new Membership(segment, version(), since, hash(carried), name(), null));
        List<Evidence> evidence = holding.condition().evidence(evaluation.frame());
        if (membership == null) {
            evaluation.entered(version(), segment, name(), null, evidence, carried);
        } else {
            evaluation.updated(version(), segment, name(), null, evidence, carried);
        }
    }

    @Override
    List<Evidence> evidenceFor(Evaluation evaluation, Membership membership) {
        for (Choice choice : choices) {
            if (choice.segment().equals(membership.segment())) {
                return choice.condition().evidence(evaluation.frame());
            }
        }
        return List.of();
    }

    @Override
    List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left) {
        return exitEvidence(left, holding(evaluation), evaluation);
    }

    private @Nullable Choice holding(Evaluation evaluation) {
        for (Choice choice : choices) {
            if (choice.condition().holds(evaluation, name())) {
                return choice;
            }
        }
        return null;
    }

    /**
     * Returns the evidence of the deciding condition: the one that no longer holds, or an earlier one that holds now.
     */
    private List<Evidence> exitEvidence(Membership left, @Nullable Choice holding, Evaluation evaluation) {
        for (Choice choice : choices) {
            if (choice.segment().equals(left.segment())) {
                boolean displaced = holding != null && choices.indexOf(holding) < choices.indexOf(choice);
                return (displaced ? holding : choice).condition().evidence(evaluation.frame());
            }
        }
        return List.of();
    }

    /** Choices after the one that holds cannot matter as long as it holds. */
    @Override
    long watch(CustomerState state, Frame frame, WatchedTerms watched) {
        long stable = watchCarry(frame, watched);
        Membership membership = state.membershipOfGroup(name());
        for (Choice choice : choices) {
            stable = Math.min(stable, choice.condition().watch(frame, watched));
            if (membership != null && choice.segment().equals(membership.segment())) {
                break;
            }
        }
        return stable;
    }
}
