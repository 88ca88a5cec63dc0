// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.trigger.Goal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checked definitions from which a plan is compiled.
 *
 * @param evaluated those that are evaluated, in this order
 * @param kept whole sets of others: what they need is kept without evaluating them
 * @param untouched names of definitions that are not evaluated and whose memberships nevertheless stay as they are
 * @param goals by name, those of triggers that are not evaluated: what followed from what they sent is told nevertheless
 * @param onlyEvaluated whether aggregates that no evaluated definition reads are left out
 */
public record PlanSource(
        List<Definition> evaluated,
        List<List<Definition>> kept,
        Set<String> untouched,
        Map<String, Goal> goals,
        boolean onlyEvaluated) {
    public PlanSource {
        evaluated = List.copyOf(evaluated);
        kept = List.copyOf(kept);
        untouched = Set.copyOf(untouched);
        goals = Map.copyOf(goals);
    }

    /** Definitions of which all are evaluated. */
    public static PlanSource of(List<Definition> evaluated) {
        return keeping(evaluated, List.of());
    }

    /** Definitions of which some are only kept. */
    public static PlanSource keeping(List<Definition> evaluated, List<List<Definition>> kept) {
        return new PlanSource(DependencyOrder.of(evaluated), kept, Set.of(), Map.of(), false);
    }
}
