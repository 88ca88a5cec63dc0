// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.trigger.Cap;
import dev.segue.definition.trigger.Goal;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.trigger.Activations;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.Sequel;
import dev.segue.plan.trigger.TriggerAnswer;
import dev.segue.value.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The triggers of a plan. Immutable. */
final class Triggers {
    private static final String UNSUBSCRIBED = "unsubscribed";
    private static final String COMPLAINED = "email_marked_as_spam";

    private final Map<String, CompiledTrigger> byName = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Goal> goals = new HashMap<>();
    private final long remembered;

    /**
     * @param definitions in the order of their positions
     * @param ofOthers see {@link PlanSource#goals}
     */
    Triggers(List<CompiledDefinition> definitions, Map<String, Goal> ofOthers) {
        goals.putAll(ofOthers);
        for (int position = 0; position < definitions.size(); position++) {
            if (definitions.get(position) instanceof CompiledTrigger trigger) {
                byName.put(trigger.name(), trigger);
                positions.put(trigger.name(), position);
                if (trigger.rule().goal() != null) {
                    goals.put(trigger.name(), trigger.rule().goal());
                }
            }
        }
        this.remembered = byName.values().stream()
                .flatMap(trigger ->
                        Stream.of(trigger.rule().sending(), trigger.rule().channel()))
                .flatMap(Triggers::caps)
                .mapToLong(cap -> cap.per().longest())
                .reduce(Activations.REMEMBERED.toMillis(), Math::max);
    }

    private static Stream<Cap> caps(@Nullable Sending sending) {
        return sending == null ? Stream.empty() : sending.caps().stream();
    }

    /** Returns the positions of those that wait for something. */
    BitSet waiting(CustomerState state) {
        BitSet waiting = new BitSet();
        state.activations().pending().forEach(pending -> set(pending, waiting));
        state.activations().sequels().forEach(sequel -> set(sequel.activation(), waiting));
        return waiting;
    }

    private void set(Pending activation, BitSet positionsOf) {
        Integer position = positions.get(activation.trigger());
        if (position != null) {
            positionsOf.set(position);
        }
    }

    /** Returns the positions of those that wait and for whose caps it counts that their channel was used. */
    BitSet affectedBySending(String channel, Evaluation evaluation) {
        BitSet affected = new BitSet();
        Activations activations = evaluation.state().activations();
        activations.forgetSent(evaluation.frame().now() - remembered);
        activations.pending().stream()
                .filter(pending -> pending.channel().equals(channel))
                .forEach(pending -> set(pending, affected));
        return affected;
    }

    /** Finds what an event is the effect of. */
    void happened(Evaluation evaluation, Event event) {
        Activations activations = evaluation.state().activations();
        if (activations.sequels().isEmpty()) {
            return;
        }
        for (Sequel sequel : List.copyOf(activations.sequels())) {
            if (sequel.holds(event.time())) {
                goal(evaluation, sequel, event);
                complaint(evaluation, sequel, event);
            }
        }
    }

    private void goal(Evaluation evaluation, Sequel sequel, Event event) {
        Goal goal = goals.get(sequel.activation().trigger());
        if (goal == null
                || !goal.event().equals(event.type().name())
                || sequel.seen().contains(Measure.GOAL)) {
            return;
        }
        Double value = goal.value() == null ? null : number(event.fields().get(goal.value()));
        String after = about(Duration.ofMillis(event.time() - sequel.sentAt()));
        TriggerAnswer answer = TriggerAnswer.done(Kind.GOAL, goal.event() + " came " + after + " later.", sequel.arm());
        see(evaluation, sequel, Measure.GOAL, value);
        evaluation.decided(
                sequel.activation(), answer, null, new TriggerDecision.Goal(event.eventId(), value), Map.of());
    }

    /** In hours, minutes or seconds, at least two of them, rounded down. */
    private static String about(Duration time) {
        ChronoUnit unit = time.toHours() > 1
                ? ChronoUnit.HOURS
                : time.toMinutes() > 1
                        ? ChronoUnit.MINUTES
                        : time.toSeconds() > 1 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
        return DurationText.write(time.truncatedTo(unit));
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number known ? (Double) known.doubleValue() : null;
    }

    /** Whoever leaves a list leaves the channel that it names, or whichever was used. */
    private static void complaint(Evaluation evaluation, Sequel sequel, Event event) {
        String type = event.type().name();
        if (type.equals(COMPLAINED)) {
            see(evaluation, sequel, Measure.COMPLAINED, null);
        } else if (type.equals(UNSUBSCRIBED)) {
            Object medium = event.fields().get("medium");
            if (medium == null || medium.equals(sequel.activation().channel())) {
                see(evaluation, sequel, Measure.UNSUBSCRIBED, null);
            }
        }
    }

    private static void see(Evaluation evaluation, Sequel before, Measure measure, @Nullable Double value) {
        Activations activations = evaluation.state().activations();
        for (Sequel sequel : List.copyOf(activations.sequels())) {
            if (sequel.id().equals(before.id()) && !sequel.seen().contains(measure)) {
                activations.put(sequel.with(measure));
                evaluation.outcome(sequel, measure, value);
            }
        }
    }

    /** Adds what triggers remember of the same person as another customer. */
    void unite(Evaluation evaluation, CustomerState other) {
        Activations activations = evaluation.state().activations();
        activations
                .unite(other.activations())
                .forEach(superseded -> cancel(
                        evaluation,
                        superseded,
                        "The same person has an earlier activation of '" + superseded.trigger() + "'."));
    }

    /** Ends everything of triggers that do not exist any more. */
    void endRemoved(Evaluation evaluation, Predicate<String> exists) {
        Activations activations = evaluation.state().activations();
        for (Pending pending : List.copyOf(activations.pending())) {
            if (!exists.test(pending.trigger())) {
                cancel(evaluation, pending, "'" + pending.trigger() + "' was removed.");
            }
        }
        activations.retain(exists);
    }

    /** Ends everything, also what may not have been delivered by now, because the customer is erased. */
    void erased(Evaluation evaluation) {
        Activations activations = evaluation.state().activations();
        String reason = "The customer was erased.";
        List<Pending> ended = new ArrayList<>(activations.pending());
        for (Sequel sequel : activations.sequels()) {
            boolean isOnItsWay = sequel.expiresAt() > evaluation.frame().now();
            if (isOnItsWay && sequel.arm() != Arm.CONTROL) {
                ended.add(sequel.activation());
            }
        }
        ended.forEach(activation -> cancel(evaluation, activation, reason));
    }

    private void cancel(Evaluation evaluation, Pending activation, String reason) {
        evaluation.decided(activation, TriggerAnswer.never(Kind.CANCELLED, reason), null, null, Map.of());
    }

    boolean has(String trigger) {
        return byName.containsKey(trigger);
    }
}
