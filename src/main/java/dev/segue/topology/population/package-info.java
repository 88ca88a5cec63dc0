// SPDX-License-Identifier: Apache-2.0
/**
 * Counts the customers of each population: {@link dev.segue.topology.population.TaskPopulations} those of one task, and
 * {@link dev.segue.topology.population.PopulationTotals} those of all, which gives the cuts.
 */
@NullMarked
package dev.segue.topology.population;

import org.jspecify.annotations.NullMarked;
