// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import com.google.common.hash.Hashing;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Evidence;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.Standings;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.Sequel;
import dev.segue.plan.trigger.TriggerAnswer;
import dev.segue.plan.trigger.TriggerIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** One call of the plan for one customer: its current instant, its cause, and its results so far. */
final class Evaluation {
    private final CustomerState state;
    private final long detectedAt;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<TriggerDecision> decisions = new ArrayList<>();
    private final List<TriggerOutcome> outcomes = new ArrayList<>();
    private @Nullable String busyChannel;
    private List<BucketChange> bucketChanges = List.of();
    private int stale;
    private int placeChanges;
    private Frame frame;
    private int wakeUps;
    private int evaluations;
    private Cause cause = Cause.DEADLINE;
    private long lateEventAt = Long.MAX_VALUE;
    private boolean backfills;
    private @Nullable String mergedInto;

    Evaluation(CustomerState state, long detectedAt) {
        this.state = state;
        this.detectedAt = detectedAt;
        this.frame = new Frame(state, state.clock().now());
    }

    CustomerState state() {
        return state;
    }

    Frame frame() {
        return frame;
    }

    List<Change> changes() {
        return changes;
    }

    List<String> failures() {
        return failures;
    }

    /** Adds bucket changes of a previous evaluation at the same instant. */
    void counted(List<BucketChange> before) {
        bucketChanges = new ArrayList<>(before);
    }

    List<BucketChange> bucketChanges() {
        return bucketChanges;
    }

    /** Returns a number that grows whenever something changes that other definitions read. */
    int reads() {
        return changes.size() + placeChanges + decisions.size();
    }

    /** Returns the changes that no trigger has seen. */
    List<Change> fresh() {
        return changes.subList(stale, changes.size());
    }

    /** All triggers have seen all changes so far. */
    void endFresh() {
        stale = changes.size();
    }

    List<TriggerDecision> decisions() {
        return decisions;
    }

    List<TriggerOutcome> outcomes() {
        return outcomes;
    }

    /**
     * Records a decision of a trigger.
     *
     * @param activation after the decision
     * @param expiresAt from when on nothing may be sent any more, in milliseconds since the epoch; null if it does not matter
     */
    void decided(
            Pending activation,
            TriggerAnswer answer,
            @Nullable Long expiresAt,
            TriggerDecision.@Nullable Goal goal,
            Map<String, Object> payload) {
        boolean lasts = answer.isFinal() || answer.until() == TriggerAnswer.ANY_TIME;
        decisions.add(new TriggerDecision(
                TriggerIds.decision(activation.id(), answer.kind(), frame.now(), answer.until()),
                activation.id(),
                state.customerId(),
                activation.trigger(),
                activation.version(),
                activation.channel(),
                activation.segment(),
                activation.changeId(),
                answer.kind(),
                answer.isFinal(),
                Instant.ofEpochMilli(frame.now()),
                Instant.ofEpochMilli(detectedAt),
                Instant.ofEpochMilli(activation.startedAt()),
                lasts ? null : Instant.ofEpochMilli(answer.until()),
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                answer.reason(),
                answer.arm(),
                goal,
                payload));
    }

    /** Records what came of what was sent. */
    void outcome(Sequel sequel, Measure measure, @Nullable Double value) {
        outcomes.add(new TriggerOutcome(
                sequel.activation().trigger(), sequel.arm(), Instant.ofEpochMilli(sequel.sentAt()), measure, value));
    }

    /** Ends the wait for effects. If there was a goal and it was not reached, that is a decision, with a reason. */
    void ended(Sequel sequel, @Nullable String noGoal) {
        state.activations().end(sequel);
        if (noGoal != null && !sequel.seen().contains(Measure.GOAL)) {
            decided(sequel.activation(), TriggerAnswer.done(Kind.NO_GOAL, noGoal, sequel.arm()), null, null, Map.of());
        }
    }

    /** Something was sent by a channel, which may count for the caps of other activations. */
    void sent(String channel) {
        busyChannel = channel;
    }

    /** Returns the channel by which something was sent since the last call; null if nothing was. */
    @Nullable
    String takeBusyChannel() {
        String taken = busyChannel;
        busyChannel = null;
        return taken;
    }

    /**
     * Records where the customer stands in a population now.
     *
     * @param bucket {@link ValueBuckets#NONE} if the customer is not counted
     */
    void stands(long population, int bucket, int place) {
        Standings standings = state.standings();
        int before = standings.bucket(population);
        if (bucket != before) {
            bucketChanges = bucketChanges.isEmpty() ? new ArrayList<>() : bucketChanges;
            bucketChanges.add(new BucketChange(population, before, bucket));
        }
        if (place != standings.place(population)) {
            placeChanges++;
        }
        standings.set(population, bucket, place);
    }

    /** The customer is not counted any more in any population of which this does not hold. */
    void standsOnlyIn(LongPredicate populations) {
        Standings standings = state.standings();
        for (int index = standings.size() - 1; index >= 0; index--) {
            if (!populations.test(standings.population(index))) {
                stands(standings.population(index), ValueBuckets.NONE, Cuts.NOWHERE);
            }
        }
    }

    /** Returns the work so far. */
    Work work() {
        return new Work(wakeUps, evaluations);
    }

    /** Counts one evaluation of a definition. */
    void evaluated() {
        evaluations++;
    }

    /** Moves the evaluation to an instant at which a deadline is due. */
    void wakeUp(long now) {
        wakeUps++;
        at(now, Cause.DEADLINE);
    }

    /** Moves the evaluation to an instant at which cuts of a population move the customer. */
    void moved(long now) {
        wakeUps++;
        at(now, Cause.POPULATION);
    }

    /** Moves the evaluation to an instant at which facts of products become valid. */
    void informed(long now) {
        wakeUps++;
        at(now, Cause.PRODUCT);
    }

    /** Moves the evaluation to an instant, with a cause for the changes. */
    void at(long now, Cause because) {
        frame = new Frame(state, now);
        cause = because;
    }

    /** Moves the evaluation to the instant after an event, which may be late. */
    void at(long now, Event event) {
        frame = new Frame(state, now, event.time());
        cause = Cause.of(event);
        lateEventAt = event.time() < now ? event.time() : Long.MAX_VALUE;
    }

    /** Moves the evaluation to an instant at which results that the past gives are told. */
    void backfill(long now) {
        at(now, Cause.DEFINITION);
        backfills = true;
    }

    /**
     * What follows is told as it becomes true. Nothing that was found so far is known any more, so that definitions ask about
     * their products themselves.
     */
    void endBackfill() {
        at(frame.now(), cause);
        backfills = false;
    }

    void fail(String definition) {
        failures.add(definition);
    }

    void entered(
            String version,
            String segment,
            @Nullable String group,
            @Nullable Object value,
            List<Evidence> evidence,
            Map<String, Object> carry) {
        emit(Change.Kind.ENTERED, segment, group, value, version, evidence, carry, null);
    }

    /** Records a membership that began in the past. */
    void backfilled(String version, Membership begun, List<Evidence> evidence, Map<String, Object> carry) {
        emit(Change.Kind.ENTERED, begun.segment(), begun.group(), begun.value(), version, evidence, carry, begun);
    }

    void updated(
            String version,
            String segment,
            @Nullable String group,
            @Nullable Object value,
            List<Evidence> evidence,
            Map<String, Object> carry) {
        emit(Change.Kind.UPDATED, segment, group, value, version, evidence, carry, null);
    }

    void exited(String version, Membership left, List<Evidence> evidence) {
        emit(Change.Kind.EXITED, left.segment(), left.group(), null, version, evidence, Map.of(), left);
    }

    /** Records the end of a membership whose definition was removed. */
    void removed(Membership left) {
        emit(Change.Kind.EXITED, left.segment(), left.group(), null, left.version(), List.of(), Map.of(), left);
    }

    /** Records that a membership goes on under another id of the same person. */
    void merged(Membership left, String into) {
        mergedInto = into;
        removed(left);
        mergedInto = null;
    }

    private void emit(
            Change.Kind kind,
            String segment,
            @Nullable String group,
            @Nullable Object value,
            String version,
            List<Evidence> evidence,
            Map<String, Object> carry,
            @Nullable Membership begun) {
        Instant enteredAt = begun == null ? null : Instant.ofEpochMilli(begun.enteredAt());
        changes.add(Change.of(state.customerId(), segment, kind, Instant.ofEpochMilli(frame.now()))
                .changeId(nextId(segment, kind))
                .value(value)
                .group(group)
                .detectedAt(Instant.ofEpochMilli(detectedAt))
                .enteredAt(enteredAt)
                .definitionVersion(version)
                .cause(cause)
                .evidence(evidence)
                .carry(carry)
                .correction(begun != null && lateEventAt <= begun.enteredAt())
                .backfilled(backfills)
                .mergedInto(mergedInto)
                .build());
    }

    /** Changes are numbered per customer: ids are unique, and replaying the same log produces the same ids. */
    private String nextId(String segment, Change.Kind kind) {
        CustomerState.History history = state.history();
        long number = history.changes();
        state.setHistory(history.withChanges(number + 1));
        String text = state.customerId() + '\n' + number + '\n' + segment + '\n' + kind + '\n' + frame.now();
        byte[] hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
