// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Aggregate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which definitions and terms of a plan depend on what. Definitions are numbered by their position. */
final class Readers {
    private static final BitSet NOBODY = new BitSet();

    private final Map<Integer, BitSet> definitions = new HashMap<>();
    private final BitSet alwaysTimed = new BitSet();
    private final BitSet[] dependents;
    private final int[][] terms;
    private final int[] firstTerms;

    /** @param compiled in dependency order */
    Readers(List<CompiledDefinition> compiled, List<Aggregate> aggregates, List<Term> all) {
        for (int position = 0; position < compiled.size(); position++) {
            CompiledDefinition definition = compiled.get(position);
            alwaysTimed.set(position, definition.isAlwaysTimed());
            for (int id : definition.aggregateIds()) {
                definitions.computeIfAbsent(id, absent -> new BitSet()).set(position);
            }
        }
        dependents = DependencyOrder.dependents(compiled);
        terms = aggregates.stream()
                .map(aggregate -> all.stream()
                        .filter(term -> term.aggregates().contains(aggregate.id()))
                        .mapToInt(Term::id)
                        .toArray())
                .toArray(int[][]::new);
        firstTerms = new int[compiled.size() + 1];
        all.forEach(term -> firstTerms[term.definition() + 1] = term.id() + 1);
    }

    /** The definitions whose result an aggregate may change. Not to be altered. */
    BitSet definitions(int aggregateId) {
        return definitions.getOrDefault(aggregateId, NOBODY);
    }

    /** The terms whose value an aggregate may change. */
    int[] terms(int aggregatePosition) {
        return terms[aggregatePosition];
    }

    /** The id of a definition's first term; for the number of definitions, the number of terms. */
    int firstTerm(int definition) {
        return firstTerms[definition];
    }

    /** The definitions that read the segments of a definition. */
    BitSet dependents(int definition) {
        return dependents[definition];
    }

    /** The definitions whose result time may change even for customers without stored aggregates. Not to be altered. */
    BitSet alwaysTimed() {
        return alwaysTimed;
    }
}
