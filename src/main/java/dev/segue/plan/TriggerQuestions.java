// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.DefinitionRule;
import dev.segue.definition.trigger.BestHour;
import dev.segue.definition.trigger.Cap;
import dev.segue.definition.trigger.QuietHours;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Zones;
import dev.segue.plan.trigger.Activations;
import dev.segue.plan.trigger.Pending;
import dev.segue.plan.trigger.TriggerAnswer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Asks, in their order, what stands against sending what a trigger is about to send. */
final class TriggerQuestions {
    private final String trigger;
    private final DefinitionRule.Trigger rule;
    private final Map<String, Integer> superiors;
    private final Conditions conditions;
    private final Zones zones;

    /**
     * The compiled conditions of a trigger.
     *
     * @param timeZone the customer's, by name
     */
    record Conditions(
            @Nullable Condition cancel,
            @Nullable Condition when,
            @Nullable Condition consent,
            Condition timeZone) {}

    /** @param superiors the triggers of the same channel that have a higher priority, with it */
    TriggerQuestions(
            String trigger,
            DefinitionRule.Trigger rule,
            Map<String, Integer> superiors,
            Conditions conditions,
            Zones zones) {
        this.trigger = trigger;
        this.rule = rule;
        this.superiors = superiors;
        this.conditions = conditions;
        this.zones = zones;
    }

    TriggerAnswer ask(Evaluation evaluation, Pending pending) {
        TriggerAnswer answer = hasEnded(evaluation, pending);
        answer = answer == null ? isUnwanted(evaluation) : answer;
        answer = answer == null ? isTooEarly(evaluation, pending) : answer;
        answer = answer == null ? isOutranked(evaluation.state().activations()) : answer;
        // Whoever waits for a cap waits through many nights, of which only the last matters.
        if (answer == null && rule.dropsOverCap()) {
            answer = isQuiet(evaluation);
            answer = answer == null ? isCapped(evaluation) : answer;
        } else if (answer == null) {
            answer = isCapped(evaluation);
            answer = answer == null ? isQuiet(evaluation) : answer;
        }
        return answer == null ? send(evaluation.state()) : answer;
    }

    private @Nullable TriggerAnswer hasEnded(Evaluation evaluation, Pending pending) {
        boolean isIn = evaluation.state().membership(rule.segment()) != null;
        if (isIn == (rule.on() == Change.Kind.EXITED)) {
            String reason =
                    "The customer " + (isIn ? "is in '" : "has left '") + rule.segment() + (isIn ? "' again." : "'.");
            return TriggerAnswer.never(Kind.CANCELLED, reason);
        }
        if (conditions.cancel() != null && conditions.cancel().holds(evaluation, trigger)) {
            return TriggerAnswer.never(Kind.CANCELLED, holds(rule.cancel()) + " holds.");
        }
        return evaluation.frame().now() >= pending.startedAt() + rule.expires().millis()
                ? TriggerAnswer.never(Kind.EXPIRED, rule.expires().text() + " have passed since the change.")
                : null;
    }

    private static String holds(dev.segue.definition.language.@Nullable Expression condition) {
        return condition == null ? "" : condition.text();
    }

    private @Nullable TriggerAnswer isUnwanted(Evaluation evaluation) {
        if (conditions.when() != null && !conditions.when().holds(evaluation, trigger)) {
            return TriggerAnswer.notYet(Kind.WAITING, TriggerAnswer.ANY_TIME, holds(rule.when()) + " does not hold.");
        }
        boolean agrees = conditions.consent() != null && conditions.consent().holds(evaluation, trigger);
        return agrees
                ? null
                : TriggerAnswer.notYet(
                        Kind.NO_CONSENT, TriggerAnswer.ANY_TIME, holds(rule.consent()) + " does not hold.");
    }

    private @Nullable TriggerAnswer isTooEarly(Evaluation evaluation, Pending pending) {
        long now = evaluation.frame().now();
        ZoneId zone = zone(evaluation);
        long pause = rule.pause() == null ? 0 : rule.pause().millis();
        long first = pending.startedAt() + pause;
        OptionalInt hour = bestHour(evaluation.state());
        long best = rule.bestHour() == null || hour.isEmpty()
                ? first
                : rule.bestHour().from(first, hour.getAsInt(), zone);
        if (now < best) {
            String reason = best == first
                    ? "The first instant is " + text(rule.pause()) + " after the change."
                    : "The customer's hour is " + hour.getAsInt() + " in " + zone + ".";
            return TriggerAnswer.notYet(Kind.WAITING, best, reason);
        }
        return null;
    }

    private @Nullable TriggerAnswer isQuiet(Evaluation evaluation) {
        long now = evaluation.frame().now();
        ZoneId zone = zone(evaluation);
        QuietHours quiet = rule.quiet();
        long end = quiet == null ? now : quiet.endAfter(now, zone);
        return end == now
                ? null
                : TriggerAnswer.notYet(Kind.QUIET, end, "Quiet hours are " + text(quiet) + " in " + zone + ".");
    }

    private static String text(dev.segue.definition.language.@Nullable Span pause) {
        return pause == null ? "" : pause.text();
    }

    private static String text(@Nullable QuietHours quiet) {
        return quiet == null ? "" : quiet.text();
    }

    private OptionalInt bestHour(CustomerState state) {
        Membership trait = rule.bestHour() == null
                ? null
                : state.membership(rule.bestHour().trait());
        return BestHour.hour(trait == null ? null : trait.value());
    }

    private @Nullable TriggerAnswer isOutranked(Activations activations) {
        for (Pending other : activations.pending()) {
            Integer priority = superiors.get(other.trigger());
            if (priority != null && other.reservesChannel()) {
                return TriggerAnswer.notYet(
                        Kind.OUTRANKED,
                        TriggerAnswer.ANY_TIME,
                        "'" + other.trigger() + "' of priority " + priority + " is about to use " + rule.channelName()
                                + ".");
            }
        }
        return null;
    }

    /** Of several caps, the one that forbids longest is the reason. */
    private @Nullable TriggerAnswer isCapped(Evaluation evaluation) {
        long now = evaluation.frame().now();
        ZoneId zone = zone(evaluation);
        Activations activations = evaluation.state().activations();
        long[] own = activations.sentAt(sent -> sent.trigger().equals(trigger));
        long[] all = activations.sentAt(sent -> sent.channel().equals(rule.channelName()) && !sent.heldOut());
        TriggerAnswer longest = capped(rule.sending(), own, "'" + trigger + "'", now, zone, null);
        Sending channel = rule.channel();
        return channel == null ? longest : capped(channel, all, rule.channelName(), now, zone, longest);
    }

    private @Nullable TriggerAnswer capped(
            Sending limits, long[] sent, String by, long now, ZoneId zone, @Nullable TriggerAnswer known) {
        TriggerAnswer longest = known;
        for (Cap cap : limits.caps()) {
            long free = cap.freeAt(sent, now, zone);
            if (free > now && (longest == null || free > longest.until())) {
                String reason = cap.atMost() + " of " + cap.text() + " were sent by " + by
                        + "; the next is possible at " + Instant.ofEpochMilli(free) + ".";
                longest = new TriggerAnswer(Kind.CAPPED, free, rule.dropsOverCap(), reason, null);
            }
        }
        return longest;
    }

    private TriggerAnswer send(CustomerState state) {
        Arm arm = arm(state);
        return arm == Arm.CONTROL
                ? TriggerAnswer.done(Kind.HELD_OUT, "The customer is in the control group.", arm)
                : TriggerAnswer.done(Kind.SEND, "Nothing stands against it.", arm);
    }

    /** Whoever was in an arm stays in it, even if the share of the control group changes. */
    private Arm arm(CustomerState state) {
        Arm known = state.activations().arms().get(trigger);
        if (known != null) {
            return known;
        }
        return rule.holdout().holdsOut(trigger, state.customerId()) ? Arm.CONTROL : Arm.TREATMENT;
    }

    private ZoneId zone(Evaluation evaluation) {
        return zone(evaluation.frame());
    }

    private ZoneId zone(Frame frame) {
        return zones.named(conditions.timeZone().value(frame));
    }
}
