// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sorts definitions in evaluation order: after those whose segments they read, then by name; triggers at the end, by priority and then by name. */
public final class DependencyOrder {
    private final Map<String, Definition> bySegment = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    private DependencyOrder(List<Definition> definitions) {
        definitions.forEach(definition -> definition.segments().forEach(segment -> bySegment.put(segment, definition)));
    }

    /** @param definitions that the reader has accepted */
    public static List<Definition> of(List<Definition> definitions) {
        DependencyOrder order = new DependencyOrder(definitions);
        List<Definition> sorted = new ArrayList<>(definitions);
        sorted.sort(Comparator.comparing(Definition::isAboutSending)
                .thenComparingInt(DependencyOrder::rank)
                .thenComparingInt(definition -> definition.isAboutSending() ? 0 : order.depth(definition))
                .thenComparing(Definition::name));
        return sorted;
    }

    /** A trigger comes after those of higher priority. */
    private static int rank(Definition definition) {
        return definition.rule() instanceof DefinitionRule.Trigger trigger ? -trigger.priority() : 0;
    }

    /**
     * Returns the length of the longest chain of references; 0 for a definition without references. The reader has
     * rejected cycles.
     */
    private int depth(Definition definition) {
        Integer known = depths.get(definition.name());
        if (known != null) {
            return known;
        }
        int depth = 0;
        for (String segment : definition.references()) {
            Definition other = bySegment.get(segment);
            if (other != null) {
                depth = Math.max(depth, 1 + depth(other));
            }
        }
        depths.put(definition.name(), depth);
        return depth;
    }

    /** Returns, for each definition, the definitions that read its segments, or its place in a population. */
    static BitSet[] dependents(List<CompiledDefinition> definitions) {
        BitSet[] dependents = new BitSet[definitions.size()];
        for (int position = 0; position < dependents.length; position++) {
            dependents[position] = new BitSet();
            for (int other = 0; other < dependents.length; other++) {
                dependents[position].set(other, definitions.get(other).reads(definitions.get(position)));
            }
        }
        return dependents;
    }
}
