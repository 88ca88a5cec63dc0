// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.Settings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedReader;
import dev.segue.definition.PublishedSets;
import dev.segue.event.Vocabulary;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.explain.NeededPast;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.operate.EventLog;
import dev.segue.value.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether definitions may be published that ask for more of the past than the topic of events still holds. */
final class PastOption {
    private static final NeededPast NOTHING = new NeededPast(new TreeMap<>());

    @Option(
            names = "--accept-short-history",
            description =
                    "Publishes definitions that look back further than the topic of events still holds. Their results"
                            + " are then as if those customers had begun with the first event that is left.")
    private boolean accepted;

    /**
     * Returns what of a set is filled from past events.
     *
     * @param next the set that would be published
     */
    static NeededPast needed(
            PublishedSets sets, DefinitionSet next, List<Definition> definitions, Vocabulary vocabulary, Instant now) {
        LiveSets live = sets.at(now).orElse(null);
        if (live == null) {
            return NOTHING; // A new processor reads every event anyway.
        }
        PlanOptions options = PlanOptions.defaults().withZone(next.options().zone());
        if (!live.live().options().means(next.options())) {
            return NeededPast.of(List.of(), List.of(), definitions, vocabulary, options);
        }
        List<List<Definition>> kept = new ArrayList<>();
        live.kept().forEach(set -> kept.add(readable(set, vocabulary)));
        return NeededPast.of(readable(live.live(), vocabulary), kept, definitions, vocabulary, options);
    }

    /** Everything counts as new if this installation lacks the event schemas of a set. */
    private static List<Definition> readable(DefinitionSet set, Vocabulary vocabulary) {
        try {
            return new PublishedReader(vocabulary).read(set.sources());
        } catch (InvalidDefinitions foreign) {
            return List.of();
        }
    }

    /**
     * Returns what the topic of events no longer holds for definitions; null if it holds everything.
     *
     * @throws CannotStart if the topic cannot be read
     */
    static @Nullable String shortage(NeededPast needed, Settings settings, Instant now) throws InterruptedException {
        if (needed.reaches().isEmpty()) {
            return null;
        }
        OptionalLong complete = EventLog.open(settings).completeSince();
        if (complete.isEmpty()) {
            return null;
        }
        Instant since = Instant.ofEpochMilli(complete.getAsLong());
        List<String> beyond = needed.beyond(since, now);
        if (beyond.isEmpty()) {
            return null;
        }
        return "Topic " + settings.topics().names().behaviorEvents() + " holds every event only since " + since + ": "
                + beyond.stream().map(name -> name + reach(needed, name)).collect(Collectors.joining(", ")) + ".";
    }

    private static String reach(NeededPast needed, String name) {
        Duration reach = needed.reaches().get(name);
        return reach == null ? " looks back to the first event" : " looks back " + DurationText.write(reach);
    }

    /** @throws UserError if there is a shortage that was not accepted */
    void require(@Nullable String shortage) {
        if (shortage != null && !accepted) {
            throw new UserError("Nothing was published. " + shortage + " Add --accept-short-history if they may know"
                    + " less, or write 'since: now' into a definition that needs no past.");
        }
    }
}
