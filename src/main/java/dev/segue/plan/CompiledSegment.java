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
import dev.segue.plan.state.Waiting;
import dev.segue.plan.state.WatchedTerms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whether a customer is in one segment. */
final class CompiledSegment extends CompiledDefinition {
    private final Condition when;
    private final Condition until;
    private final boolean hasUntil;
    private final long holdFor;
    private final long cooldown;

    CompiledSegment(
            Definition definition,
            DefinitionRule.Segment rule,
            Streams streams,
            AggregateNeeds aggregates,
            Terms terms) {
        super(definition, streams, aggregates, terms);
        this.when = condition(rule.when());
        this.hasUntil = rule.until() != null;
        this.until = rule.until() == null ? when : condition(rule.until());
        this.holdFor = rule.holdFor() == null ? 0 : rule.holdFor().millis();
        this.cooldown = rule.cooldown() == null ? 0 : rule.cooldown().millis();
        if (holdFor > 0 || cooldown > 0) {
            markTimed();
        }
    }

    @Override
    boolean grants(Membership membership) {
        return membership.segment().equals(name()) && membership.group() == null && membership.value() == null;
    }

    @Override
    @Nullable
    Waiting heldFor(Membership membership) {
        return holdFor > 0 && !hasUntil && grants(membership)
                ? new Waiting(name(), membership.enteredAt() - holdFor, Waiting.UNSET)
                : null;
    }

    @Override
    boolean isIn(CustomerState state) {
        return state.membership(name()) != null;
    }

    @Override
    void decide(Evaluation evaluation) {
        Membership membership = evaluation.state().membership(name());
        boolean holds = (membership == null || !hasUntil || holdFor > 0) && when.holds(evaluation, name());
        if (membership == null || (hasUntil && holdFor > 0)) {
            updateWaiting(evaluation, holds);
        }
        if (membership == null) {
            if (holds && !(hasUntil && until.holds(evaluation, name())) && isDue(evaluation)) {
                enter(evaluation);
            }
            // An expression without a value is false, so a condition without one no longer holds.
        } else if (hasUntil ? until.holds(evaluation, name()) : !holds) {
            leave(evaluation, membership);
        } else if (definition().updateCarry()) {
            update(evaluation, membership);
        }
    }

    @Override
    List<Evidence> evidenceFor(Evaluation evaluation, Membership membership) {
        return when.evidence(evaluation.frame());
    }

    @Override
    List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left) {
        return until.evidence(evaluation.frame());
    }

    private void enter(Evaluation evaluation) {
        Waiting waiting = waiting(evaluation);
        await(evaluation, hasUntil ? waiting.holdsSince() : Waiting.UNSET, Waiting.UNSET);
        Map<String, Object> carried = carry(evaluation);
        evaluation
                .state()
                .enter(new Membership(name(), version(), evaluation.frame().now(), hash(carried), null, null));
        evaluation.entered(version(), name(), null, null, when.evidence(evaluation.frame()), carried);
    }

    private void leave(Evaluation evaluation, Membership membership) {
        evaluation.state().leave(name());
        long since = hasUntil ? waiting(evaluation).holdsSince() : Waiting.UNSET;
        await(evaluation, since, cooldown > 0 ? evaluation.frame().now() : Waiting.UNSET);
        evaluation.exited(version(), membership, evidenceAgainst(evaluation, membership));
    }

    /**
     * Records since when the condition has held without interruption, also while the customer is in the segment until
     * {@code until} holds.
     */
    private void updateWaiting(Evaluation evaluation, boolean holds) {
        Waiting known = waiting(evaluation);
        long now = evaluation.frame().now();
        boolean begun = known.holdsSince() != Waiting.UNSET;
        boolean cooled = known.leftAt() == Waiting.UNSET || now >= known.leftAt() + cooldown;
        await(
                evaluation,
                holdFor > 0 && holds ? (begun ? known.holdsSince() : now) : Waiting.UNSET,
                cooled ? Waiting.UNSET : known.leftAt());
    }

    private Waiting waiting(Evaluation evaluation) {
        Waiting known = evaluation.state().waiting(name());
        return known == null ? new Waiting(name(), Waiting.UNSET, Waiting.UNSET) : known;
    }

    private void await(Evaluation evaluation, long holdsSince, long leftAt) {
        if (holdsSince == Waiting.UNSET && leftAt == Waiting.UNSET) {
            evaluation.state().stopAwaiting(name());
        } else {
            evaluation.state().await(new Waiting(name(), holdsSince, leftAt));
        }
    }

    private boolean isDue(Evaluation evaluation) {
        Waiting waiting = waiting(evaluation);
        boolean longEnough = holdFor == 0 || evaluation.frame().now() >= waiting.holdsSince() + holdFor;
        return longEnough && waiting.leftAt() == Waiting.UNSET;
    }

    private void update(Evaluation evaluation, Membership membership) {
        Map<String, Object> carried = carry(evaluation);
        long hash = hash(carried);
        if (hash != membership.carryHash()) {
            evaluation.state().enter(new Membership(name(), version(), membership.enteredAt(), hash, null, null));
            evaluation.updated(version(), name(), null, null, when.evidence(evaluation.frame()), carried);
        }
    }

    @Override
    long watch(CustomerState state, Frame frame, WatchedTerms watched) {
        if (state.membership(name()) != null) {
            long stable = watchCarry(frame, watched);
            if (!hasUntil) {
                return Math.min(stable, when.watch(frame, watched));
            }
            stable = Math.min(stable, until.watch(frame, watched));
            return holdFor > 0 ? Math.min(stable, when.watch(frame, watched)) : stable;
        }
        long stable = watchOutside(frame, watched);
        Waiting waiting = state.waiting(name());
        if (waiting != null) {
            stable = Math.min(stable, later(waiting.leftAt(), cooldown, frame.now()));
            stable = Math.min(stable, later(waiting.holdsSince(), holdFor, frame.now()));
        }
        return stable;
    }

    /** Watches the terms that can make an outside customer enter. */
    private long watchOutside(Frame frame, WatchedTerms watched) {
        Term missing = when.deciding(frame);
        if (missing != null) {
            return missing.watch(frame, watched);
        }
        long stable = hasUntil ? until.watch(frame, watched) : CustomerState.NEVER;
        return Math.min(stable, when.watchAll(frame, watched));
    }

    private static long later(long start, long length, long now) {
        return start == Waiting.UNSET || start + length <= now ? CustomerState.NEVER : start + length;
    }
}
