// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.trigger;

import dev.segue.event.TriggerDecision.Arm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What triggers remember of one customer. Empty for most. Not thread-safe. */
public final class Activations {
    /** How long it is remembered what was sent, even if no cap asks about it: one may be added. */
    public static final Duration REMEMBERED = Duration.ofDays(32);

    /** How many sequels of a customer are waited for at most; then the earliest ends. */
    public static final int MOST_SEQUELS = 100;

    private final List<Pending> pending = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Sequel> sequels = new ArrayList<>();
    private final SortedMap<String, Arm> arms = new TreeMap<>();

    /** Returns whether triggers remember nothing of the customer. */
    public boolean isEmpty() {
        return pending.isEmpty() && sent.isEmpty() && sequels.isEmpty() && arms.isEmpty();
    }

    /** Returns the activations that have not ended, at most one of each trigger, by trigger. */
    public List<Pending> pending() {
        return Collections.unmodifiableList(pending);
    }

    /** Null if there is none. */
    public @Nullable Pending pending(String trigger) {
        for (Pending known : pending) {
            if (known.trigger().equals(trigger)) {
                return known;
            }
        }
        return null;
    }

    /** Adds an activation, or replaces the one of the same trigger. */
    public void put(Pending next) {
        end(next.trigger());
        pending.add(next);
        pending.sort(Comparator.comparing(Pending::trigger));
    }

    /** Ends the activation of a trigger. */
    public void end(String trigger) {
        pending.removeIf(known -> known.trigger().equals(trigger));
    }

    /** Returns what was sent, ascending. */
    public List<Sent> sent() {
        return Collections.unmodifiableList(sent);
    }

    /** Returns when something was sent that has a property, in milliseconds since the epoch, ascending. */
    public long[] sentAt(Predicate<Sent> property) {
        return sent.stream().filter(property).mapToLong(Sent::at).toArray();
    }

    public void add(Sent next) {
        sent.add(next);
        sent.sort(Comparator.comparingLong(Sent::at).thenComparing(Sent::trigger));
    }

    /** Forgets what was sent at an instant, in milliseconds since the epoch, or before. */
    public void forgetSent(long instant) {
        sent.removeIf(known -> known.at() <= instant);
    }

    /** Returns what is waited for, ascending by the instant of sending. */
    public List<Sequel> sequels() {
        return Collections.unmodifiableList(sequels);
    }

    /** Adds a sequel, or replaces the one of the same activation. */
    public void put(Sequel next) {
        end(next);
        sequels.add(next);
        sequels.sort(Comparator.comparingLong(Sequel::sentAt).thenComparing(Sequel::id));
    }

    public void end(Sequel over) {
        sequels.removeIf(known -> known.id().equals(over.id()));
    }

    /** Returns the customer's arm of each trigger for which it was decided. */
    public Map<String, Arm> arms() {
        return Collections.unmodifiableMap(arms);
    }

    public void setArm(String trigger, Arm arm) {
        arms.put(trigger, arm);
    }

    /**
     * Adds those of the same person as another customer; returns those that do not go on, because the same trigger has an
     * earlier one. Whoever was in two arms says nothing about the effect any more.
     */
    public List<Pending> unite(Activations other) {
        List<Pending> superseded = new ArrayList<>();
        for (Pending added : other.pending) {
            Pending own = pending(added.trigger());
            if (own == null) {
                put(added);
            } else {
                boolean isEarlier = added.startedAt() < own.startedAt();
                superseded.add(isEarlier ? own : added);
                put(isEarlier ? added : own);
            }
        }
        other.sent.forEach(this::add);
        other.sequels.forEach(this::put);
        other.arms.forEach((trigger, arm) -> arms.merge(trigger, arm, (own, added) -> own == added ? own : Arm.MIXED));
        List.copyOf(sequels).stream()
                .filter(sequel -> arms.get(sequel.activation().trigger()) == Arm.MIXED)
                .forEach(sequel -> put(sequel.withArm(Arm.MIXED)));
        return superseded;
    }

    /** Forgets what is only of use to triggers that do not have a property. */
    public void retain(Predicate<String> triggers) {
        pending.removeIf(known -> !triggers.test(known.trigger()));
        sequels.removeIf(known -> !triggers.test(known.activation().trigger()));
        arms.keySet().removeIf(trigger -> !triggers.test(trigger));
    }
}
