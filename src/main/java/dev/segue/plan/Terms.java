// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.Reading;
import dev.segue.plan.expression.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the terms of all definitions while they compile. */
final class Terms {
    private final List<Term> terms = new ArrayList<>();
    private int definition = -1;

    /** Assigns subsequent terms to the next definition. */
    void nextDefinition() {
        definition++;
    }

    /** @param readings the readings on which the node's value depends */
    Term add(Node node, List<Reading> readings) {
        NavigableSet<Integer> aggregates = new TreeSet<>();
        readings.forEach(reading -> reading.forEachAggregate(aggregates::add));
        Settled settled = node.settled();
        if (settled == null) {
            return add(node, aggregates, readings, null, false);
        }
        Term standIn = add(node, settled.aggregates(), List.of(), null, false);
        return add(node, aggregates, readings, standIn, settled.value());
    }

    private Term add(
            Node node,
            NavigableSet<Integer> aggregates,
            List<Reading> readings,
            @Nullable Term settled,
            boolean settledValue) {
        Term term = new Term(terms.size(), definition, node, aggregates, List.copyOf(readings), settled, settledValue);
        terms.add(term);
        return term;
    }

    /** Returns all terms in the order of their ids. */
    List<Term> all() {
        return List.copyOf(terms);
    }
}
