package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.Rule;
import dev.segue.definition.Streams;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In or out. */
final class CompiledSegment extends CompiledDefinition {
    private final Condition when;
    private final Condition until;
    private final Node enters;
    private final boolean hasUntil;
    private final long holdFor;
    private final long cooldown;

    CompiledSegment(Definition definition, Rule.Segment rule, Streams streams, Aggregates aggregates) {
        super(definition, streams, aggregates);
        this.when = condition(rule.when());
        this.hasUntil = rule.until() != null;
        this.until = rule.until() == null ? when.negated() : condition(rule.until());
        this.enters = hasUntil ? Junction.and(when.node(), new Not(until.node())) : when.node();
        this.holdFor = rule.holdFor() == null ? 0 : rule.holdFor().millis();
        this.cooldown = rule.cooldown() == null ? 0 : rule.cooldown().millis();
        if (holdFor > 0 || cooldown > 0) {
            markTimed();
        }
    }

    @Override
    void ask(Look look) {
        Membership membership = look.state().membership(name());
        if (membership == null) {
            askToEnter(look);
        } else if (leaves(look)) {
            look.state().leave(name());
            if (cooldown > 0 || holdFor > 0) {
                boolean holds = holdFor > 0 && when.holds(look, name());
                long now = look.frame().now();
                look.state()
                        .await(new Waiting(name(), holds ? now : Waiting.NEVER, cooldown > 0 ? now : Waiting.NEVER));
            }
            look.exited(this, membership, until.evidence(look.frame()));
        } else if (definition().updateCarry()) {
            update(look, membership);
        }
    }

    /** An expression without a value is false, so a condition without one no longer holds. */
    private boolean leaves(Look look) {
        return hasUntil ? until.holds(look, name()) : !when.holds(look, name());
    }

    private void askToEnter(Look look) {
        boolean holds = when.holds(look, name());
        Waiting waiting = holdFor > 0 || cooldown > 0 ? waiting(look, holds) : null;
        if (!holds
                || (hasUntil && until.holds(look, name()))
                || !isDue(waiting, look.frame().now())) {
            return;
        }
        look.state().stopAwaiting(name());
        Map<String, Object> carried = carry(look);
        look.state().enter(new Membership(name(), version(), look.frame().now(), hash(carried), null, null));
        look.entered(this, name(), null, null, when.evidence(look.frame()), carried);
    }

    /** Since when the condition holds, brought up to now. */
    private Waiting waiting(Look look, boolean holds) {
        Waiting known = look.state().waiting(name());
        long leftAt = known == null ? Waiting.NEVER : known.leftAt();
        long since = known == null || known.holdsSince() == Waiting.NEVER
                ? look.frame().now()
                : known.holdsSince();
        boolean cooled = leftAt == Waiting.NEVER || look.frame().now() >= leftAt + cooldown;
        Waiting waiting = new Waiting(name(), holds ? since : Waiting.NEVER, cooled ? Waiting.NEVER : leftAt);
        if (holds || !cooled) {
            look.state().await(waiting);
        } else {
            look.state().stopAwaiting(name());
        }
        return waiting;
    }

    private boolean isDue(@Nullable Waiting waiting, long now) {
        return waiting == null || (now >= waiting.holdsSince() + holdFor && waiting.leftAt() == Waiting.NEVER);
    }

    private void update(Look look, Membership membership) {
        Map<String, Object> carried = carry(look);
        long hash = hash(carried);
        if (hash != membership.carryHash()) {
            look.state().enter(new Membership(name(), version(), membership.enteredAt(), hash, null, null));
            look.updated(this, name(), null, null, when.evidence(look.frame()), carried);
        }
    }

    @Override
    long stableUntil(CustomerState state, Frame frame) {
        if (state.membership(name()) != null) {
            return Math.min(until.stableUntil(frame), carryStableUntil(frame));
        }
        long stable =
                holdFor > 0 ? Math.min(when.stableUntil(frame), enters.stableUntil(frame)) : enters.stableUntil(frame);
        Waiting waiting = state.waiting(name());
        if (waiting != null) {
            stable = Math.min(stable, later(waiting.leftAt(), cooldown, frame.now()));
            stable = Math.min(stable, later(waiting.holdsSince(), holdFor, frame.now()));
        }
        return stable;
    }

    private static long later(long start, long length, long now) {
        return start == Waiting.NEVER || start + length <= now ? CustomerState.NEVER : start + length;
    }
}
