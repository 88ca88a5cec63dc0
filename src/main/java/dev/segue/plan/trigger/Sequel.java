// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerOutcome.Measure;
import java.util.EnumSet;
import java.util.Set;

/**
 * What happens after something was sent, or would have been, while it can still be its effect.
 *
 * @param activation that ended by it
 * @param sentAt in milliseconds since the epoch
 * @param endsAt from when on nothing is its effect any more, in milliseconds since the epoch
 * @param expiresAt from when on it may not be delivered any more, in milliseconds since the epoch
 * @param arm the customer's when it was sent
 * @param seen what has happened; each counts once
 */
public record Sequel(Pending activation, long sentAt, long endsAt, long expiresAt, Arm arm, Set<Measure> seen) {
    public Sequel {
        seen = Set.copyOf(seen);
    }

    /** Returns the id of the activation. */
    public String id() {
        return activation.id();
    }

    public Sequel withArm(Arm next) {
        return new Sequel(activation, sentAt, endsAt, expiresAt, next, seen);
    }

    /**
     * Returns it after its end: nothing is its effect any more, but if the customer is erased, what was sent must not be
     * delivered.
     */
    public Sequel onItsWay() {
        return new Sequel(activation, sentAt, expiresAt, expiresAt, arm, EnumSet.allOf(Measure.class));
    }

    public Sequel with(Measure next) {
        Set<Measure> more = EnumSet.of(next);
        more.addAll(seen);
        return new Sequel(activation, sentAt, endsAt, expiresAt, arm, more);
    }

    /** Returns whether something that happens at an instant, in milliseconds since the epoch, can be the effect. */
    public boolean holds(long at) {
        return at > sentAt && at < endsAt;
    }
}
