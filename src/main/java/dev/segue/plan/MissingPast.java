// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Span;
import dev.segue.event.Vocabulary;
import dev.segue.plan.state.Keeping;
import dev.segue.plan.state.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the definitions of a set that must be filled from past events before they are evaluated: those that need data
 * that was not kept, and those whose result depends on when their conditions were true before. For one thread.
 */
public final class MissingPast {
    private final Map<String, Definition> before = new LinkedHashMap<>();
    private final Map<Integer, Keeping> kept;
    private final Vocabulary vocabulary;
    private final PlanOptions options;
    /** What each definition needs by itself, by its id: compiling thousands of them takes seconds. */
    private final Map<String, Map<Integer, Keeping>> alone = new HashMap<>();

    /**
     * @param before the definitions that are evaluated so far and know their whole past
     * @param kept what is kept so far; see {@link Plan#keeping}
     */
    public MissingPast(
            List<Definition> before, Map<Integer, Keeping> kept, Vocabulary vocabulary, PlanOptions options) {
        before.forEach(definition -> this.before.put(definition.name(), definition));
        this.kept = kept;
        this.vocabulary = vocabulary;
        this.options = options;
    }

    /** Returns the names of the definitions of a set that must be filled. */
    public Set<String> of(List<Definition> next) {
        Set<String> missing = new HashSet<>();
        Set<String> segments = new HashSet<>();
        for (Definition definition : DependencyOrder.of(next)) {
            if (isMissing(definition, segments)) {
                missing.add(definition.name());
                segments.addAll(definition.segments());
            }
        }
        return missing;
    }

    private boolean isMissing(Definition definition, Set<String> missingSegments) {
        Definition known = before.get(definition.name());
        if (definition.sinceNow() || (known != null && meaning(known).equals(meaning(definition)))) {
            return false;
        }
        return hasMemory(definition)
                || definition.references().stream().anyMatch(missingSegments::contains)
                || !Keeping.covers(kept, keeping(definition));
    }

    private Map<Integer, Keeping> keeping(Definition definition) {
        return alone.computeIfAbsent(
                definition.id(),
                absent -> Plan.compile(PlanSource.of(List.of(definition)), vocabulary, options)
                        .keeping());
    }

    /** Returns how far back a definition looks; null if to the first event. */
    public @Nullable Duration reach(Definition definition) {
        long longest = keeping(definition).values().stream()
                .mapToLong(Keeping::reach)
                .max()
                .orElse(0);
        return longest == Retention.FOREVER ? null : Duration.ofMillis(longest);
    }

    /** Percentiles of the past are not known, so what depends on them goes on from the present. */
    private static boolean hasMemory(Definition definition) {
        return DefinitionParts.percentiles(definition).isEmpty()
                && definition.rule() instanceof DefinitionRule.Segment segment
                && (segment.until() != null || segment.holdFor() != null || segment.cooldown() != null);
    }

    /** Returns everything of a definition on which its results depend. */
    private static List<Object> meaning(Definition definition) {
        List<Object> durations = definition.rule() instanceof DefinitionRule.Segment segment
                ? List.of(millis(segment.holdFor()), millis(segment.cooldown()))
                : List.of();
        return List.of(
                definition.kind(),
                texts(DefinitionParts.of(definition)),
                durations,
                texts(definition.carry()),
                DefinitionParts.percentiles(definition).keySet(),
                definition.updateCarry());
    }

    private static long millis(@Nullable Span span) {
        return span == null ? 0 : span.millis();
    }

    /** In their order, because the first choice of a group that holds decides. */
    private static List<String> texts(Map<String, Expression> expressions) {
        return expressions.entrySet().stream()
                .map(part -> part.getKey() + ' ' + part.getValue().text())
                .toList();
    }
}
