// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.trigger.Goal;
import dev.segue.event.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one set of definitions. Safe for many threads.
 *
 * @param full evaluates all of its definitions
 * @param fill moves customers to it; null if every definition knows its past
 */
public record SetPlans(Plan full, @Nullable Fill fill) {
    /**
     * Compiles checked definitions.
     *
     * @param kept see {@link PlanSource}
     * @param missing names of the definitions that do not know their past
     * @param told names of those to which customers may already belong, by an earlier version
     */
    public static SetPlans compile(
            List<Definition> definitions,
            List<List<Definition>> kept,
            Set<String> missing,
            Set<String> told,
            Vocabulary vocabulary,
            PlanOptions options) {
        Plan full = Plan.compile(PlanSource.keeping(definitions, kept), vocabulary, options);
        if (missing.isEmpty()) {
            return new SetPlans(full, null);
        }
        // The order of evaluation stays what it is when all are evaluated.
        List<Definition> ordered = DependencyOrder.of(definitions);
        List<Definition> filled = ordered.stream()
                .filter(definition -> missing.contains(definition.name()))
                .toList();
        List<Definition> others = ordered.stream()
                .filter(definition -> !missing.contains(definition.name()))
                .toList();
        PlanSource silent = new PlanSource(others, kept, told, goals(filled), false);
        // Of the data that they need, as much is kept as any definition needs.
        List<List<Definition>> everything = new ArrayList<>(kept);
        everything.add(definitions);
        PlanSource past = new PlanSource(withReferences(filled, ordered), everything, Set.of(), Map.of(), true);
        return new SetPlans(
                full,
                new Fill(
                        Plan.compile(silent, vocabulary, options),
                        full,
                        Plan.compile(past, vocabulary, options),
                        filled.stream().map(Definition::name).collect(Collectors.toSet())));
    }

    private static Map<String, Goal> goals(List<Definition> definitions) {
        Map<String, Goal> goals = new HashMap<>();
        for (Definition definition : definitions) {
            if (definition.rule() instanceof DefinitionRule.Trigger trigger && trigger.goal() != null) {
                goals.put(definition.name(), trigger.goal());
            }
        }
        return goals;
    }

    /** Adds the definitions that some definitions ask about, and those that these ask about; in the order of all. */
    private static List<Definition> withReferences(List<Definition> some, List<Definition> all) {
        Set<Definition> found = new HashSet<>(some);
        Deque<Definition> open = new ArrayDeque<>(some);
        while (!open.isEmpty()) {
            Set<String> asked = open.remove().references();
            all.stream()
                    .filter(other -> other.segments().stream().anyMatch(asked::contains))
                    .filter(found::add)
                    .forEach(open::add);
        }
        return all.stream().filter(found::contains).toList();
    }

    /** Returns the plan of customers whose past is still missing. */
    public Plan silent() {
        return fill == null ? full : fill.silent();
    }
}
