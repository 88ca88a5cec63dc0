// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.definition.trigger.Goal;
import dev.segue.definition.trigger.Holdout;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.plan.trigger.Activations;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.Sent;
import dev.segue.plan.trigger.Sequel;
import dev.segue.plan.trigger.TriggerAnswer;
import dev.segue.plan.trigger.TriggerIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what one trigger sends to the customer, and when. */
final class CompiledTrigger extends CompiledDefinition {
    /** How long effects are waited for if no goal says so. */
    private static final Duration USUAL_SEQUEL = Duration.ofDays(7);

    private final DefinitionRule.Trigger rule;
    private final TriggerQuestions.Conditions conditions;
    private final TriggerQuestions questions;

    /** @param superiors the triggers of the same channel that have a higher priority, with it */
    CompiledTrigger(
            Definition definition,
            DefinitionRule.Trigger rule,
            Map<String, Integer> superiors,
            Streams streams,
            AggregateNeeds aggregates,
            Terms terms) {
        super(definition, streams, aggregates, terms);
        this.rule = rule;
        this.conditions = new TriggerQuestions.Conditions(
                orNull(rule.cancel()),
                orNull(rule.when()),
                orNull(rule.consent()),
                value(new Expression.Select(new Expression.Profile(Scalar.STRING), "timezone", Scalar.STRING)));
        this.questions = new TriggerQuestions(name(), rule, superiors, conditions, aggregates.zones());
        readAlso(superiors.keySet());
    }

    private @Nullable Condition orNull(@Nullable Expression expression) {
        return expression == null ? null : condition(expression);
    }

    DefinitionRule.Trigger rule() {
        return rule;
    }

    @Override
    Set<String> decides() {
        return Set.of(name());
    }

    @Override
    boolean grants(Membership membership) {
        return false;
    }

    @Override
    boolean isIn(CustomerState state) {
        return false;
    }

    @Override
    List<Evidence> evidenceFor(Evaluation evaluation, Membership membership) {
        return List.of();
    }

    @Override
    List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left) {
        return List.of();
    }

    @Override
    void decide(Evaluation evaluation) {
        endSequels(evaluation);
        Pending known = evaluation.state().activations().pending(name());
        Pending pending = known == null ? begin(evaluation) : throughChannel(evaluation, known);
        if (pending != null) {
            TriggerAnswer answer = questions.ask(evaluation, pending);
            if (pending.differs(answer)) {
                follow(evaluation, pending.decided(version(), answer), answer);
            }
        }
    }

    /** Begins an activation if the segment has just changed as the trigger says; returns null if it has not. */
    private @Nullable Pending begin(Evaluation evaluation) {
        for (Change change : evaluation.fresh()) {
            if (change.segment().equals(rule.segment()) && change.kind() == rule.on() && counts(change)) {
                return new Pending(
                        name(),
                        version(),
                        rule.channelName(),
                        rule.segment(),
                        TriggerIds.activation(change.customerId(), name(), change.changeId()),
                        change.changeId(),
                        evaluation.frame().now(),
                        null,
                        TriggerAnswer.ANY_TIME);
            }
        }
        return null;
    }

    /** An edit may have given the trigger another channel since the activation began. */
    private Pending throughChannel(Evaluation evaluation, Pending pending) {
        if (pending.channel().equals(rule.channelName())) {
            return pending;
        }
        Pending moved = pending.through(rule.channelName());
        evaluation.state().activations().put(moved);
        return moved;
    }

    /** What an edit of a definition changes says nothing about what the customer has done. */
    private boolean counts(Change change) {
        return rule.backfilled() || !(change.backfilled() || change.cause().kind() == Cause.Kind.DEFINITION);
    }

    private void follow(Evaluation evaluation, Pending decided, TriggerAnswer answer) {
        Activations activations = evaluation.state().activations();
        boolean sends = answer.kind() == Kind.SEND || answer.kind() == Kind.HELD_OUT;
        if (answer.isFinal()) {
            activations.end(name());
        } else {
            activations.put(decided);
        }
        evaluation.decided(decided, answer, expiresAt(decided), null, sends ? carry(evaluation) : Map.of());
        if (sends) {
            remember(evaluation, decided, answer);
        }
    }

    private long expiresAt(Pending activation) {
        return activation.startedAt() + rule.expires().millis();
    }

    private void remember(Evaluation evaluation, Pending activation, TriggerAnswer answer) {
        Activations activations = evaluation.state().activations();
        long now = evaluation.frame().now();
        if (!rule.holdout().equals(Holdout.NONE)) {
            activations.setArm(name(), Objects.requireNonNull(answer.arm()));
        }
        activations.add(new Sent(name(), rule.channelName(), now, answer.kind() == Kind.HELD_OUT));
        Goal goal = rule.goal();
        long lasts = goal == null ? USUAL_SEQUEL.toMillis() : goal.within().millis();
        Sequel sequel = new Sequel(
                activation, now, now + lasts, expiresAt(activation), Objects.requireNonNull(answer.arm()), Set.of());
        activations.put(sequel);
        evaluation.outcome(sequel, Measure.SENT, null);
        if (activations.sequels().size() > Activations.MOST_SEQUELS) {
            Sequel earliest = activations.sequels().get(0);
            evaluation.ended(earliest, "Later ones are waited for instead, at most " + Activations.MOST_SEQUELS + ".");
        }
        evaluation.sent(rule.channelName());
    }

    private void endSequels(Evaluation evaluation) {
        for (Sequel sequel : List.copyOf(evaluation.state().activations().sequels())) {
            boolean isOwn = sequel.activation().trigger().equals(name());
            if (isOwn && sequel.endsAt() <= evaluation.frame().now()) {
                Goal goal = rule.goal();
                evaluation.ended(
                        sequel,
                        goal == null
                                ? null
                                : "No " + goal.event() + " in " + goal.within().text() + ".");
                if (sequel.expiresAt() > evaluation.frame().now()) {
                    evaluation.state().activations().put(sequel.onItsWay());
                }
            }
        }
    }

    /** The channels' quiet hours and caps, and the trigger's own, depend on the customer's time zone. */
    @Override
    long watch(CustomerState state, Frame frame, WatchedTerms watched) {
        long stable = CustomerState.NEVER;
        for (Sequel sequel : state.activations().sequels()) {
            stable = sequel.activation().trigger().equals(name()) ? Math.min(stable, sequel.endsAt()) : stable;
        }
        Pending pending = state.activations().pending(name());
        if (pending == null) {
            return stable;
        }
        stable = Math.min(stable, Math.min(pending.until(), expiresAt(pending)));
        stable = Math.min(stable, conditions.timeZone().watchAll(frame, watched));
        return Stream.of(conditions.cancel(), conditions.when(), conditions.consent())
                .filter(Objects::nonNull)
                .mapToLong(condition -> condition.watch(frame, watched))
                .reduce(stable, Math::min);
    }
}
