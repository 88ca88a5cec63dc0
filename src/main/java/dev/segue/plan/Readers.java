// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Aggregate;
import dev.segue.plan.expression.Reading;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the definitions and terms of a plan that must be evaluated again after a change. Definitions are numbered by their position. */
final class Readers {
    private static final BitSet NONE = new BitSet();

    private final Map<Integer, BitSet> definitions = new HashMap<>();
    private final BitSet alwaysTimed = new BitSet();
    private final BitSet[] dependents;
    private final int[][] terms;
    private final Reading[][][] readings;
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
        readings = new Reading[terms.length][][];
        for (int position = 0; position < terms.length; position++) {
            int id = aggregates.get(position).id();
            readings[position] = IntStream.of(terms[position])
                    .mapToObj(term -> reading(all.get(term), id))
                    .toArray(Reading[][]::new);
        }
        firstTerms = new int[compiled.size() + 1];
        all.forEach(term -> firstTerms[term.definition() + 1] = term.id() + 1);
    }

    /** Returns the definitions whose result an aggregate may change; must not be modified. */
    BitSet definitions(int aggregateId) {
        return definitions.getOrDefault(aggregateId, NONE);
    }

    /** Returns the terms whose value an aggregate may change. */
    int[] terms(int aggregatePosition) {
        return terms[aggregatePosition];
    }

    /** Returns the readings of the index-th of these terms that depend on the aggregate. */
    Reading[] readings(int aggregatePosition, int index) {
        return readings[aggregatePosition][index];
    }

    private static Reading[] reading(Term term, int aggregate) {
        return term.readings().stream()
                .filter(reading -> {
                    Set<Integer> ids = new HashSet<>();
                    reading.forEachAggregate(ids::add);
                    return ids.contains(aggregate);
                })
                .toArray(Reading[]::new);
    }

    /** Returns the id of a definition's first term; for the number of definitions, the number of terms. */
    int firstTerm(int definition) {
        return firstTerms[definition];
    }

    /** Returns the definitions that read the segments of a definition. */
    BitSet dependents(int definition) {
        return dependents[definition];
    }

    /** Returns the definitions whose result time may change even for customers without stored aggregates; must not be modified. */
    BitSet alwaysTimed() {
        return alwaysTimed;
    }
}
