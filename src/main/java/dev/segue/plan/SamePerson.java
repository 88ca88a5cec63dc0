// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unites the memberships and waits of two customers who are one person. */
final class SamePerson {
    private SamePerson() {}

    /**
     * Whoever is in on either side stays in, since the earlier beginning; of two choices of a group, or two values of a
     * trait, the receiver's goes on.
     *
     * @param plan whose definitions there are; those of others have ended
     * @param left segments that the receiver has left right before: that is published, so there is no way back without a
     *     new entry; but the condition has held for the other one, who need not wait again
     */
    static void unite(CustomerState state, CustomerState other, Adoption plan, Set<String> left) {
        other.memberships().stream()
                .filter(membership -> plan.grants(membership) && !left.contains(membership.segment()))
                .forEach(membership -> unite(state, membership));
        other.waiting().stream().filter(plan::knows).forEach(waiting -> unite(state, waiting));
        for (Membership membership : other.memberships()) {
            Waiting held = left.contains(membership.segment()) ? plan.heldFor(membership) : null;
            if (held != null) {
                unite(state, held);
            }
        }
    }

    private static void unite(CustomerState state, Membership added) {
        Membership own = own(state, added);
        if (own == null) {
            state.enter(added);
        } else if (added.enteredAt() < own.enteredAt()) {
            state.enter(own.since(added.enteredAt()));
        }
    }

    private static @Nullable Membership own(CustomerState state, Membership added) {
        String group = added.group();
        return group == null ? state.membership(added.segment()) : state.membershipOfGroup(group);
    }

    /** A condition has held since the earlier instant; a cooldown begins at the later exit. */
    private static void unite(CustomerState state, Waiting added) {
        Waiting own = state.waiting(added.segment());
        if (own == null) {
            state.await(added);
            return;
        }
        long holdsSince = own.holdsSince() == Waiting.UNSET || added.holdsSince() == Waiting.UNSET
                ? Math.max(own.holdsSince(), added.holdsSince())
                : Math.min(own.holdsSince(), added.holdsSince());
        state.await(new Waiting(added.segment(), holdsSince, Math.max(own.leftAt(), added.leftAt())));
    }
}
