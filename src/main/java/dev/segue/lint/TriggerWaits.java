// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule.Trigger;
import dev.segue.definition.language.Span;
import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.List;

/** Warns of triggers that keep others waiting for long, and of those that may expire before their best hour. */
final class TriggerWaits {
    /** As long as an activation of another trigger usually lasts. */
    private static final Duration LONG = Duration.ofDays(1);

    private final Definition definition;
    private final List<Definition> all;
    private final Warnings found;

    TriggerWaits(Definition definition, List<Definition> all, Warnings found) {
        this.definition = definition;
        this.all = all;
        this.found = found;
    }

    void report() {
        if (definition.rule() instanceof Trigger trigger) {
            longReservation(trigger);
            lateBestHour(trigger);
        }
    }

    private void longReservation(Trigger trigger) {
        Span pause = trigger.pause();
        if (pause == null || pause.millis() < LONG.toMillis()) {
            return;
        }
        List<String> lower = all.stream()
                .filter(other -> other.rule() instanceof Trigger rule
                        && rule.channelName().equals(trigger.channelName())
                        && rule.priority() < trigger.priority())
                .map(other -> "'" + other.name() + "'")
                .toList();
        if (!lower.isEmpty()) {
            String others = lower.size() == 1 ? lower.get(0) : lower.get(0) + " and " + (lower.size() - 1) + " more";
            found.addAtKey(
                    "wait",
                    "for " + pause.text() + " this trigger reserves " + trigger.channelName() + ", and " + others
                            + " of lower priority cannot be sent. Give it no higher priority, or let its segment begin"
                            + " later and wait less.");
        }
    }

    private void lateBestHour(Trigger trigger) {
        if (trigger.bestHour() == null) {
            return;
        }
        Span pause = trigger.pause();
        long latest = (pause == null ? 0 : pause.millis())
                + trigger.bestHour().within().millis();
        if (latest >= trigger.expires().millis()) {
            found.addAtKey(
                    "best_hour",
                    "the best hour may come up to " + DurationText.write(Duration.ofMillis(latest))
                            + " after the change, when the activation has expired after "
                            + trigger.expires().text() + ". Make 'expires' longer or 'within' shorter.");
        }
    }
}
