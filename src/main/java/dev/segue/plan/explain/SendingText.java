// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.trigger.Cap;
import dev.segue.definition.trigger.Goal;
import dev.segue.definition.trigger.Holdout;
import dev.segue.definition.trigger.QuietHours;
import dev.segue.definition.trigger.Sending;
import dev.segue.event.Change;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains in words what a trigger or a channel says of sending, in the order in which it is asked. */
final class SendingText {
    private SendingText() {}

    static List<String> lines(Definition definition) {
        return definition.rule() instanceof DefinitionRule.Trigger trigger
                ? ofTrigger(definition, trigger)
                : ofChannel(((DefinitionRule.Channel) definition.rule()).sending());
    }

    private static List<String> ofChannel(Sending sending) {
        List<String> lines = new ArrayList<>();
        lines.add("For all its triggers:");
        lines.add(
                needsNoConsent(sending.consent())
                        ? "- no customer has to agree"
                        : "- a customer agrees if " + sending.consent().text());
        addQuiet(lines, sending.quiet());
        addCaps(lines, sending, "all triggers together send ");
        return lines;
    }

    private static List<String> ofTrigger(Definition definition, DefinitionRule.Trigger trigger) {
        List<String> lines = new ArrayList<>();
        lines.add("When " + trigger.segment() + " is " + trigger.on() + ", it sends by " + trigger.channelName()
                + ", unless something stands against it:");
        String gone = trigger.on() == Change.Kind.EXITED ? "comes back to " : "leaves ";
        lines.add("- it gives up if the customer " + gone + trigger.segment()
                + (trigger.cancel() == null ? "" : ", or if " + trigger.cancel().text()) + ", and after "
                + trigger.expires().text());
        add(lines, "- it waits until ", trigger.when());
        if (!needsNoConsent(trigger.consent())) {
            add(lines, "- it waits until the customer agrees: ", trigger.consent());
        }
        if (trigger.pause() != null) {
            lines.add("- it waits for " + trigger.pause().text());
        }
        if (trigger.bestHour() != null) {
            lines.add("- it waits for the hour of " + trigger.bestHour().trait() + ", if that comes within "
                    + trigger.bestHour().within().text());
        }
        lines.add("- it waits while a trigger of a higher priority than " + trigger.priority() + " is about to use "
                + trigger.channelName());
        if (trigger.dropsOverCap()) {
            addQuiet(lines, trigger.quiet());
            addCaps(lines, trigger);
            lines.add("- it gives up if that would be one too many");
        } else {
            addCaps(lines, trigger);
            addQuiet(lines, trigger.quiet());
        }
        if (!trigger.holdout().equals(Holdout.NONE)) {
            lines.add("- "
                    + BigDecimal.valueOf(trigger.holdout().share(), 2)
                            .stripTrailingZeros()
                            .toPlainString() + " % of the customers, always the same, get nothing, to compare with");
        }
        Goal goal = trigger.goal();
        if (goal != null) {
            lines.add("Its goal is " + goal.event() + " within " + goal.within().text()
                    + (goal.value() == null ? "" : ", worth its " + goal.value()) + ".");
        }
        if (!definition.carry().isEmpty()) {
            lines.add("It sends " + String.join(", ", definition.carry().keySet()) + ".");
        }
        return lines;
    }

    private static void add(List<String> lines, String before, @Nullable Expression condition) {
        if (condition != null) {
            lines.add(before + condition.text());
        }
    }

    private static void addQuiet(List<String> lines, @Nullable QuietHours quiet) {
        if (quiet != null) {
            lines.add("- it is quiet from " + quiet.text() + " on the customer's clock");
        }
    }

    private static boolean needsNoConsent(@Nullable Expression consent) {
        return consent == null || consent.text().equals("true");
    }

    private static void addCaps(List<String> lines, DefinitionRule.Trigger trigger) {
        addCaps(lines, trigger.sending(), "it sends ");
        if (trigger.channel() != null) {
            addCaps(lines, trigger.channel(), "all triggers of " + trigger.channelName() + " together send ");
        }
    }

    private static void addCaps(List<String> lines, Sending sending, String who) {
        for (Cap cap : sending.caps()) {
            lines.add("- " + who + "at most " + cap.text());
        }
    }
}
