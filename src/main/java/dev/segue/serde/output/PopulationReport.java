// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import java.util.Map;

/**
 * How many customers of one partition are in some buckets of a population. Counts are absolute, so a report that is read
 * twice does no harm.
 *
 * @param epoch greater than in every report of an earlier task of the partition
 * @param whole whether the buckets are all of the partition; if not, they are those that have changed
 * @param complete whether every customer of the partition has been counted
 * @param counts the customers in each bucket; 0 if there are none any more
 */
public record PopulationReport(
        long population, int partition, long epoch, boolean whole, boolean complete, Map<Integer, Long> counts) {
    public PopulationReport {
        counts = Map.copyOf(counts);
    }
}
