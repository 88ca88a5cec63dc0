// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Streams;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import dev.segue.plan.state.WatchedTerms;
import java.util.Map;

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
    boolean gives(Membership membership) {
        return membership.segment().equals(name()) && membership.group() == null && membership.value() == null;
    }

    @Override
    void ask(Evaluation look) {
        Membership membership = look.state().membership(name());
        boolean holds = (membership == null || !hasUntil || holdFor > 0) && when.holds(look, name());
        if (membership == null || (hasUntil && holdFor > 0)) {
            note(look, holds);
        }
        if (membership == null) {
            if (holds && !(hasUntil && until.holds(look, name())) && isDue(look)) {
                enter(look);
            }
            // An expression without a value is false, so a condition without one no longer holds.
        } else if (hasUntil ? until.holds(look, name()) : !holds) {
            leave(look, membership);
        } else if (definition().updateCarry()) {
            update(look, membership);
        }
    }

    private void enter(Evaluation look) {
        Waiting waiting = waiting(look);
        await(look, hasUntil ? waiting.holdsSince() : Waiting.UNSET, Waiting.UNSET);
        Map<String, Object> carried = carry(look);
        look.state().enter(new Membership(name(), version(), look.frame().now(), hash(carried), null, null));
        look.entered(version(), name(), null, null, when.evidence(look.frame()), carried);
    }

    private void leave(Evaluation look, Membership membership) {
        look.state().leave(name());
        long since = hasUntil ? waiting(look).holdsSince() : Waiting.UNSET;
        await(look, since, cooldown > 0 ? look.frame().now() : Waiting.UNSET);
        look.exited(version(), membership, until.evidence(look.frame()));
    }

    /**
     * Records since when the condition has held without interruption, also while the customer is in the segment until
     * {@code until} holds.
     */
    private void note(Evaluation look, boolean holds) {
        Waiting known = waiting(look);
        long now = look.frame().now();
        boolean begun = known.holdsSince() != Waiting.UNSET;
        boolean cooled = known.leftAt() == Waiting.UNSET || now >= known.leftAt() + cooldown;
        await(
                look,
                holdFor > 0 && holds ? (begun ? known.holdsSince() : now) : Waiting.UNSET,
                cooled ? Waiting.UNSET : known.leftAt());
    }

    private Waiting waiting(Evaluation look) {
        Waiting known = look.state().waiting(name());
        return known == null ? new Waiting(name(), Waiting.UNSET, Waiting.UNSET) : known;
    }

    private void await(Evaluation look, long holdsSince, long leftAt) {
        if (holdsSince == Waiting.UNSET && leftAt == Waiting.UNSET) {
            look.state().stopAwaiting(name());
        } else {
            look.state().await(new Waiting(name(), holdsSince, leftAt));
        }
    }

    private boolean isDue(Evaluation look) {
        Waiting waiting = waiting(look);
        boolean longEnough = holdFor == 0 || look.frame().now() >= waiting.holdsSince() + holdFor;
        return longEnough && waiting.leftAt() == Waiting.UNSET;
    }

    private void update(Evaluation look, Membership membership) {
        Map<String, Object> carried = carry(look);
        long hash = hash(carried);
        if (hash != membership.carryHash()) {
            look.state().enter(new Membership(name(), version(), membership.enteredAt(), hash, null, null));
            look.updated(version(), name(), null, null, when.evidence(look.frame()), carried);
        }
    }

    @Override
    long attend(CustomerState state, Frame frame, WatchedTerms attention) {
        if (state.membership(name()) != null) {
            long stable = attendCarry(frame, attention);
            if (!hasUntil) {
                return Math.min(stable, when.attend(frame, attention));
            }
            stable = Math.min(stable, until.attend(frame, attention));
            return holdFor > 0 ? Math.min(stable, when.attend(frame, attention)) : stable;
        }
        long stable = attendOutside(frame, attention);
        Waiting waiting = state.waiting(name());
        if (waiting != null) {
            stable = Math.min(stable, later(waiting.leftAt(), cooldown, frame.now()));
            stable = Math.min(stable, later(waiting.holdsSince(), holdFor, frame.now()));
        }
        return stable;
    }

    /** Watches the terms that can make an outside customer enter. */
    private long attendOutside(Frame frame, WatchedTerms attention) {
        Term missing = when.deciding(frame);
        if (missing != null) {
            return missing.attend(frame, attention);
        }
        long stable = hasUntil ? until.attend(frame, attention) : CustomerState.NEVER;
        return Math.min(stable, when.attendAll(frame, attention));
    }

    private static long later(long start, long length, long now) {
        return start == Waiting.UNSET || start + length <= now ? CustomerState.NEVER : start + length;
    }
}
