// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the populations about whose percentiles definitions ask. */
final class Populations {
    private Populations() {}

    /**
     * Returns definitions with their populations, each right before the first that asks for it.
     *
     * @param definitions each after those whose segments it reads
     */
    static List<Definition> before(List<Definition> definitions) {
        List<Definition> all = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Definition definition : definitions) {
            DefinitionParts.percentiles(definition).forEach((name, percentile) -> {
                if (known.add(name)) {
                    all.add(population(name, percentile, definition.name()));
                }
            });
            all.add(definition);
        }
        return all;
    }

    private static Definition population(String name, Expression.Percentile percentile, String askedBy) {
        Set<String> references = new TreeSet<>();
        segments(percentile.value(), references);
        String among = percentile.among();
        if (among != null) {
            references.add(among);
        }
        DefinitionRule rule = new DefinitionRule.Population(percentile, askedBy);
        return new Definition(name, "", "", Map.of(), rule, Map.of(), false, references, "", List.of(), true);
    }

    private static void segments(Expression expression, Set<String> found) {
        if (expression instanceof Expression.InSegment membership) {
            found.add(membership.segment());
        }
        expression.children().forEach(child -> segments(child, found));
    }
}
