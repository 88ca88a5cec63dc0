// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that was ever decided to send to one customer, and what has not been decided yet. */
final class OracleSending {
    /** How long effects are waited for that no goal names, in milliseconds. */
    static final long WITHOUT_GOAL = 7 * 86_400_000L;

    /** Activations that have not ended, by trigger. */
    final Map<String, Pending> pending = new TreeMap<>();

    final List<Sent> sent = new ArrayList<>();
    final Map<String, Arm> arms = new HashMap<>();

    /**
     * An activation.
     *
     * @param latest the latest decision; null before the first
     */
    record Pending(
            String trigger,
            String channel,
            String segment,
            long startedAt,
            @Nullable Kind latest,
            @Nullable Long until) {
        boolean reserves() {
            return latest == Kind.QUIET || latest == Kind.OUTRANKED || (latest == Kind.WAITING && until != null);
        }
    }

    /**
     * A SEND or a HELD_OUT.
     *
     * @param endsAt when the wait for the goal ends
     * @param hasEnded whether it has
     * @param isForgotten whether the trigger was removed since
     */
    record Sent(
            Pending activation,
            long at,
            boolean heldOut,
            long endsAt,
            long expiresAt,
            Arm arm,
            boolean isReached,
            boolean hasEnded,
            boolean isForgotten) {
        boolean awaits(long time) {
            return !hasEnded && !isForgotten && time > at && time < endsAt;
        }

        Sent reached() {
            return new Sent(activation, at, heldOut, endsAt, expiresAt, arm, true, hasEnded, isForgotten);
        }

        Sent ended() {
            return new Sent(activation, at, heldOut, endsAt, expiresAt, arm, isReached, true, isForgotten);
        }

        Sent in(Arm other) {
            return new Sent(activation, at, heldOut, endsAt, expiresAt, other, isReached, hasEnded, isForgotten);
        }

        Sent forgotten() {
            return new Sent(activation, at, heldOut, endsAt, expiresAt, arm, isReached, hasEnded, true);
        }
    }

    /** Forgets removed triggers; returns their activations. */
    List<Pending> retain(Set<String> triggers) {
        List<Pending> removed = pending.values().stream()
                .filter(activation -> !triggers.contains(activation.trigger()))
                .toList();
        pending.keySet().retainAll(triggers);
        arms.keySet().retainAll(triggers);
        sent.replaceAll(known -> triggers.contains(known.activation().trigger()) ? known : known.forgotten());
        return removed;
    }

    /** Adds those of the same person; returns the activations that do not go on, because there is an earlier one. */
    List<Pending> unite(OracleSending other) {
        List<Pending> ended = new ArrayList<>();
        other.pending.forEach((trigger, theirs) -> {
            Pending own = pending.get(trigger);
            if (own != null) {
                ended.add(theirs.startedAt() < own.startedAt() ? own : theirs);
            }
            if (own == null || theirs.startedAt() < own.startedAt()) {
                pending.put(trigger, theirs);
            }
        });
        sent.addAll(other.sent);
        other.arms.forEach((trigger, arm) -> arms.merge(trigger, arm, (one, two) -> one == two ? one : Arm.MIXED));
        sent.replaceAll(known ->
                arms.get(known.activation().trigger()) == Arm.MIXED && !known.hasEnded() ? known.in(Arm.MIXED) : known);
        return ended;
    }
}
