// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Span;
import dev.segue.definition.trigger.BestHour;
import dev.segue.definition.trigger.Goal;
import dev.segue.definition.trigger.Holdout;
import dev.segue.definition.trigger.QuietHours;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Change;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule by which a definition decides membership or computes a value. */
public sealed interface DefinitionRule {

    /**
     * Decides whether the customer is in the segment.
     *
     * @param when the customer enters when this holds (and {@code until} does not)
     * @param until the customer leaves when this holds; null: when {@code when} no longer holds
     * @param holdFor how long {@code when} must hold without interruption before the customer enters; null for no wait
     * @param cooldown how long after leaving the customer cannot enter again; null for no wait
     */
    record Segment(
            Expression when,
            @Nullable Expression until,
            @Nullable Span holdFor,
            @Nullable Span cooldown) implements DefinitionRule {}

    /**
     * Puts the customer into one of several segments, or none.
     *
     * @param choices the segments' names and conditions; the first condition that holds decides
     */
    record Group(Map<String, Expression> choices) implements DefinitionRule {}

    /**
     * Computes a value.
     *
     * @param when the customer has a value while this holds; null: while the value is not an empty string
     */
    record Trait(@Nullable Expression when, Expression value) implements DefinitionRule {}

    /**
     * What all triggers of a channel have in common; about itself it decides nothing.
     *
     * @param sending with a consent
     */
    record Channel(Sending sending) implements DefinitionRule {}

    /**
     * Decides what is sent to the customer, and when, because a membership has changed.
     *
     * @param segment whose changes begin an activation
     * @param on which of its changes
     * @param backfilled whether a change also begins one if the past of a new or changed definition caused it
     * @param channelName the channel
     * @param channel what the channel says; null until all definitions have been read
     * @param when nothing is sent while it does not hold; null for no condition
     * @param cancel ends an activation when it holds; null for no condition. Leaving the segment ends it, too, or, if leaving
     *     began it, coming back
     * @param pause the time between the change and the first instant at which something may be sent; null for none
     * @param bestHour null to send at any hour
     * @param sending what the trigger says besides the channel
     * @param dropsOverCap whether an activation ends when a cap forbids to send; otherwise it waits
     * @param priority a trigger of a higher one goes before those of the same channel
     * @param expires the time after the change from which on nothing is sent any more
     * @param goal null for none
     */
    record Trigger(
            String segment,
            Change.Kind on,
            boolean backfilled,
            String channelName,
            @Nullable Sending channel,
            @Nullable Expression when,
            @Nullable Expression cancel,
            @Nullable Span pause,
            @Nullable BestHour bestHour,
            Sending sending,
            boolean dropsOverCap,
            int priority,
            Holdout holdout,
            Span expires,
            @Nullable Goal goal)
            implements DefinitionRule {

        /** Returns the trigger with what its channel says. */
        Trigger through(Sending known) {
            return new Trigger(
                    segment,
                    on,
                    backfilled,
                    channelName,
                    known,
                    when,
                    cancel,
                    pause,
                    bestHour,
                    sending,
                    dropsOverCap,
                    priority,
                    holdout,
                    expires,
                    goal);
        }

        /** Returns the condition under which the customer may be written to; null if neither it nor the channel is known. */
        public @Nullable Expression consent() {
            return sending.consent() != null ? sending.consent() : channel == null ? null : channel.consent();
        }

        /** Returns the trigger's quiet hours, or else the channel's; null if there are none. */
        public @Nullable QuietHours quiet() {
            return sending.quiet() != null ? sending.quiet() : channel == null ? null : channel.quiet();
        }
    }

    /**
     * Counts the customer among those of a population. Never written: each {@code percentile()} of the others has one.
     *
     * @param percentile one of those that ask for it
     * @param askedBy name of the first definition that asks for it
     */
    record Population(Expression.Percentile percentile, String askedBy) implements DefinitionRule {}
}
