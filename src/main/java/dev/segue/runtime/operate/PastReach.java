// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

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
import dev.segue.value.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares how far the definitions of a set look back with what the topic of events still holds.
 *
 * @param needed what is filled from past events
 * @param topic the topic of events
 * @param now the instant of the comparison
 */
public record PastReach(NeededPast needed, String topic, Instant now) {
    private static final NeededPast NOTHING = new NeededPast(new TreeMap<>());

    /** Returns from when on the topic holds every event; see {@link EventLog#completeSince}. */
    @FunctionalInterface
    interface Retained {
        OptionalLong completeSince() throws InterruptedException;
    }

    /**
     * Finds what a set needs of the past.
     *
     * @param next the set that would be published
     * @param definitions of that set
     */
    public static PastReach of(
            PublishedSets sets,
            DefinitionSet next,
            List<Definition> definitions,
            Vocabulary vocabulary,
            Settings settings,
            Instant now) {
        NeededPast needed = needed(sets, next, definitions, vocabulary, now);
        return new PastReach(needed, settings.topics().names().behaviorEvents(), now);
    }

    /** As {@link #of(PublishedSets, DefinitionSet, List, Vocabulary, Settings, Instant)}, for a set that was published before. */
    public static PastReach ofPublished(
            PublishedSets sets, DefinitionSet next, Vocabulary vocabulary, Settings settings, Instant now) {
        return of(sets, next, readable(next, vocabulary), vocabulary, settings, now);
    }

    private static NeededPast needed(
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
     * Returns what the topic of events no longer holds for the definitions; null if it holds everything.
     *
     * @throws CannotStart if the topic cannot be read
     */
    public @Nullable String shortage(Settings settings) throws InterruptedException {
        return shortage(() -> EventLog.open(settings).completeSince());
    }

    @Nullable
    String shortage(Retained retained) throws InterruptedException {
        if (needed.reaches().isEmpty()) {
            return null;
        }
        OptionalLong complete = retained.completeSince();
        if (complete.isEmpty()) {
            return null;
        }
        Instant since = Instant.ofEpochMilli(complete.getAsLong());
        List<String> beyond = needed.beyond(since, now);
        if (beyond.isEmpty()) {
            return null;
        }
        return "Topic " + topic + " holds every event only since " + since + ": "
                + beyond.stream().map(name -> name + reach(name)).collect(Collectors.joining(", ")) + ".";
    }

    private String reach(String name) {
        Duration reach = needed.reaches().get(name);
        return reach == null ? " looks back to the first event" : " looks back " + DurationText.write(reach);
    }
}
