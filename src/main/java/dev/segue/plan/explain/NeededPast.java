// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.Definition;
import dev.segue.event.Vocabulary;
import dev.segue.plan.MissingPast;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.PlanSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a new set that are filled from past events.
 *
 * @param reaches how far back each one looks, by its name; null if it looks back to the first event
 */
public record NeededPast(SortedMap<String, @Nullable Duration> reaches) {

    /**
     * Finds them.
     *
     * @param known the definitions that are evaluated so far; none if their results have another meaning now
     * @param kept whole sets of others whose data is kept
     * @param next the new set
     */
    public static NeededPast of(
            List<Definition> known,
            List<List<Definition>> kept,
            List<Definition> next,
            Vocabulary vocabulary,
            PlanOptions options) {
        Plan plan = Plan.compile(PlanSource.keeping(known, kept), vocabulary, options);
        SortedMap<String, @Nullable Duration> reaches = new TreeMap<>();
        MissingPast missing = new MissingPast(known, plan.keeping(), vocabulary, options);
        for (String name : missing.of(next)) {
            next.stream()
                    .filter(definition -> definition.name().equals(name))
                    .forEach(definition -> reaches.put(name, missing.reach(definition)));
        }
        return new NeededPast(reaches);
    }

    /** Returns how far back a definition looks; null if to the first event. */
    public static @Nullable Duration reach(Definition definition, Vocabulary vocabulary, PlanOptions options) {
        return new MissingPast(List.of(), Map.of(), vocabulary, options).reach(definition);
    }

    /** Returns those that look back beyond an instant. */
    public List<String> beyond(Instant since, Instant now) {
        List<String> beyond = new ArrayList<>();
        reaches.forEach((name, reach) -> {
            if (reach == null || now.minus(reach).isBefore(since)) {
                beyond.add(name);
            }
        });
        return beyond;
    }
}
