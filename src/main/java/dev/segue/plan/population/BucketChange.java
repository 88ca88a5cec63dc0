// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.population;

/**
 * A customer is counted in another bucket of a population.
 *
 * @param from {@link ValueBuckets#NONE} if the customer was not counted before
 * @param to {@link ValueBuckets#NONE} if the customer is not counted any more
 */
public record BucketChange(long population, int from, int to) {}
