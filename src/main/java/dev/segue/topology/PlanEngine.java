// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Cause;
import dev.segue.event.Event;
import dev.segue.event.Session;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.SharedPart;
import dev.segue.serde.state.StateCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates customers with the plan and encodes what is to be stored. Belongs to one task. */
final class PlanEngine implements Evaluator {
    private final Plan plan;
    private final int stateBytes;
    private final Visits visits;
    private final Customers.Shared shared;
    private final boolean hasPopulations;

    /**
     * @param stateBytes limit for the stored state of one customer; see {@link dev.segue.config.LimitSettings}
     * @param shared that of the states that it gets
     */
    PlanEngine(Plan plan, int stateBytes, Visits visits, Customers.Shared shared) {
        this.plan = plan;
        this.visits = visits;
        this.shared = shared;
        this.hasPopulations = !plan.populations().isEmpty();
        this.stateBytes = stateBytes;
    }

    Plan plan() {
        return plan;
    }

    long fingerprint() {
        return plan.fingerprint();
    }

    @Override
    public long deadline(byte[] stored) {
        if (StateCodec.fingerprint(stored) != plan.fingerprint()) {
            return AT_ONCE;
        }
        long deadline = StateCodec.deadline(stored);
        boolean hasFacts = plan.asksAboutProducts() && !shared.products().isSettled();
        if (!hasPopulations && !hasFacts) {
            return deadline;
        }
        SharedPart part = StateCodec.shared(stored);
        long informed = hasFacts ? informedAt(part.asked()) : deadline;
        long moved = plan.movesAt(part.standings(), shared.cuts(), part.now());
        return Math.min(deadline, Math.min(informed, moved));
    }

    @Override
    public long deadline(CustomerState state) {
        return state.clock().plan() == plan.fingerprint() ? nextVisit(state) : AT_ONCE;
    }

    private long nextVisit(CustomerState state) {
        long next = Math.min(state.nextVisit(), plan.movesAt(state));
        return shared.products().isSettled() ? next : Math.min(next, informedAt(state.askedProducts()));
    }

    /**
     * Returns the instant of the first facts that a customer has not seen, also where the customer's own time is ahead of it:
     * a visit then must not wait for the ticks to catch up, because facts are settled once nobody is due at their instant.
     */
    private long informedAt(AskedProducts asked) {
        return shared.products().changesAt(asked, Long.MIN_VALUE);
    }

    @Override
    public Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
        return apply(state, event, tick, detectedAt, null);
    }

    /**
     * As {@link #apply(CustomerState, Event, long, long)}.
     *
     * @param before effects right before, which belong to the outcome
     */
    Outcome apply(CustomerState state, Event event, long tick, long detectedAt, @Nullable Effects before) {
        Effects effects = plan.apply(state, event, tick, detectedAt).after(before);
        Session session = state.session();
        Visits.Seen seen =
                effects.outcome() == Effects.Outcome.APPLIED ? visits.apply(state, event) : Visits.Seen.NOTHING;
        Outcome outcome = outcome(state, effects, session).with(seen);
        if (outcome.storedBytes() > stateBytes) {
            outcome = cut(state, outcome, Cause.of(event), detectedAt);
        }
        // The published profile must lose the erased values, too, even if no membership changes.
        return event.erasesOrigin() && outcome.state() != null ? outcome.withProfile(plan.profile(state)) : outcome;
    }

    /** Shortens a state that no record could carry; otherwise one customer would block the partition. */
    private Outcome cut(CustomerState state, Outcome large, Cause cause, long detectedAt) {
        Outcome outcome = large;
        while (outcome.storedBytes() > stateBytes) {
            Effects after = plan.halve(state, StateCodec.largest(state), cause, detectedAt, outcome.effects());
            if (after == null) {
                break;
            }
            outcome = outcome(state, after, state.session()).with(outcome.seen());
        }
        return outcome;
    }

    @Override
    public Outcome advance(CustomerState state, long to, long detectedAt) {
        return advance(state, to, detectedAt, null);
    }

    /** As {@link #apply(CustomerState, Event, long, long, Effects)}. */
    Outcome advance(CustomerState state, long to, long detectedAt, @Nullable Effects before) {
        Effects effects = plan.advance(state, to, detectedAt).after(before);
        Session session = state.session();
        Visits.Seen seen = visits.advance(state, to);
        Outcome outcome = outcome(state, effects, session).with(seen);
        // Time alone adds next to nothing, but another plan may need much more, and the past may give it.
        return before != null && outcome.storedBytes() > stateBytes
                ? cut(state, outcome, Cause.DEFINITION, detectedAt)
                : outcome;
    }

    /** See {@link Plan#linked}. */
    Outcome linked(CustomerState state, long to, long detectedAt, @Nullable Effects before) {
        Effects effects = plan.linked(state, to, detectedAt).after(before);
        return new Outcome(
                effects,
                StateCodec.write(state),
                deadline(state),
                effects.changes().isEmpty() ? null : plan.profile(state));
    }

    /** See {@link Plan#leave}. */
    Outcome leave(CustomerState state, String into, long to, long detectedAt, @Nullable Effects before) {
        Effects effects = plan.leave(state, into, to, detectedAt).after(before);
        return new Outcome(effects, null, AT_ONCE, null);
    }

    /** See {@link Plan#unite}. */
    Outcome unite(CustomerState state, CustomerState other, long to, long detectedAt, @Nullable Effects before) {
        Effects effects = plan.unite(state, other, to, detectedAt).after(before);
        Visits.Seen seen = visits.unite(state, other.session());
        Outcome outcome = outcome(state, effects, state.session()).with(seen);
        Outcome kept = outcome.storedBytes() > stateBytes ? cut(state, outcome, Cause.MERGE, detectedAt) : outcome;
        return kept.withProfile(plan.profile(state));
    }

    /** See {@link Plan#erase}. */
    Outcome erase(CustomerState state, long at, long detectedAt, @Nullable Effects before) {
        return outcome(state, plan.erase(state, at, detectedAt).after(before), state.session());
    }

    /** @param before the session before the effects */
    private Outcome outcome(CustomerState state, Effects effects, @Nullable Session before) {
        if (effects.outcome() == Effects.Outcome.ERASED) {
            // Due at once, so that the deadline index drops the id too.
            return new Outcome(effects, null, AT_ONCE, null);
        }
        return new Outcome(
                effects,
                effects.stateChanged() || !Objects.equals(state.session(), before) ? StateCodec.write(state) : null,
                nextVisit(state),
                effects.changes().isEmpty() ? null : plan.profile(state));
    }
}
