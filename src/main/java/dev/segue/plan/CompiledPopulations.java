// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Standings;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The populations of a plan. Immutable. */
final class CompiledPopulations {
    private final List<CompiledPopulation> populations = new ArrayList<>();
    /** The position of each in the plan. */
    private final List<Integer> positions = new ArrayList<>();

    /** @param definitions in the order of their positions */
    CompiledPopulations(List<CompiledDefinition> definitions) {
        for (int position = 0; position < definitions.size(); position++) {
            if (definitions.get(position) instanceof CompiledPopulation population) {
                populations.add(population);
                positions.add(position);
            }
        }
    }

    List<PopulationNeed> needs() {
        return populations.stream().map(CompiledPopulation::need).toList();
    }

    /** Returns whether the customers of a population are counted. */
    boolean counts(long population) {
        return populations.stream().anyMatch(known -> known.id() == population);
    }

    /** See {@link Plan#movesAt(Standings, CutTables, long)}. */
    long movesAt(Standings standings, CutTables cuts, long now) {
        long next = CustomerState.NEVER;
        for (int index = 0; standings.size() > 0 && index < populations.size(); index++) {
            next = Math.min(next, populations.get(index).movesAt(standings, cuts, now));
        }
        return next;
    }

    /** Returns the positions of the populations whose cuts move a customer at an instant, or before. */
    BitSet movedAt(long at, CustomerState state) {
        BitSet moved = new BitSet();
        long now = state.clock().now();
        for (int index = 0; index < populations.size(); index++) {
            if (populations.get(index).movesAt(state.standings(), state.cuts(), now) <= at) {
                moved.set(positions.get(index));
            }
        }
        return moved;
    }
}
