// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a condition holds for none of a customer's groups, which is usual, and until when. An event then costs
 * only the groups that it joins: even to look up the cached results of all groups would cost more than any other part
 * of an evaluation.
 */
public final class NoneHolds {
    /** With more groups to evaluate again, it is not worth remembering. */
    private static final int FEW = 8;

    private final Object condition;
    private final int states;
    private final boolean cached;
    private final long around;
    private final long from;
    private final long until;
    private final List<Keyed.Group> joined = new ArrayList<>(2);

    /**
     * @param condition the lambda's body
     * @param states how many states have the groups and remember this
     * @param cached whether the result of each group is cached with it
     * @param around identifies the state outside the groups that the condition reads; see {@link AggregateState#changes}
     * @param from the instant of the evaluation, in milliseconds since the epoch
     * @param until the first instant at which the condition may hold for a group that no element has joined since
     */
    public NoneHolds(Object condition, int states, boolean cached, long around, long from, long until) {
        this.condition = condition;
        this.states = states;
        this.cached = cached;
        this.around = around;
        this.from = from;
        this.until = until;
    }

    /**
     * Returns what all states remember of a condition together; null if one of them remembers something else, or nothing.
     *
     * @param condition the lambda's body
     */
    @SuppressWarnings("ReferenceEquality") // Each was given the same.
    public static @Nullable NoneHolds of(Object condition, List<Keyed> states) {
        NoneHolds known = states.isEmpty() ? null : states.get(0).noneHolds(condition);
        for (int index = 1; index < states.size() && known != null; index++) {
            known = states.get(index).noneHolds(condition) == known ? known : null;
        }
        // A state that is gone, because a refund took its last element, has changed too.
        return known != null && known.states == states.size() ? known : null;
    }

    public long until() {
        return until;
    }

    /** Returns the groups that elements have joined since, which must be evaluated again. */
    public List<Keyed.Group> joined() {
        return Collections.unmodifiableList(joined);
    }

    /** Returns whether all other groups are still as they were. */
    public boolean isValid(long surroundings, long now) {
        return around == surroundings && from <= now && now < until;
    }

    @SuppressWarnings("ReferenceEquality") // Comparing bodies structurally would cost more than evaluating them.
    boolean isOf(Object body) {
        return condition == body;
    }

    /**
     * Notes that a group is dropped, because its elements are too old to make a condition hold.
     *
     * @return false if this must be forgotten, because {@link #until} may have been the group's
     */
    boolean leave(Keyed.Group group) {
        joined.remove(group);
        return until == CustomerState.NEVER;
    }

    /**
     * Notes that an element joins a group.
     *
     * @return false if this must be forgotten, because {@link #until} may have been the group's, or to bound the list
     */
    boolean join(Keyed.Group group) {
        if (joined.contains(group)) {
            return true;
        }
        boolean first =
                until != CustomerState.NEVER && (!cached || group.answers().until(condition) <= until);
        if (first || joined.size() == FEW) {
            return false;
        }
        joined.add(group);
        return true;
    }
}
