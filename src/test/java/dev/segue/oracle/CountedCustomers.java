// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.audience.Histogram;
import dev.segue.oracle.OracleCuts.Cut;
import dev.segue.oracle.OracleCuts.Population;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's customers by the buckets of their values, and the cuts made of them. */
final class CountedCustomers {
    private final Map<Long, Histogram> histograms = new HashMap<>();
    private final CutTables tables = new CutTables();

    CutTables tables() {
        return tables;
    }

    void count(List<BucketChange> changes) {
        changes.forEach(change -> histograms
                .computeIfAbsent(change.population(), absent -> new Histogram())
                .count(change));
    }

    /** Makes the cuts of all populations of a plan, without publishing them. */
    List<Cuts> cuts(Plan plan, long at) {
        List<Cuts> cuts = new ArrayList<>();
        for (PopulationNeed need : plan.populations()) {
            cuts.add(histograms
                    .computeIfAbsent(need.id(), absent -> new Histogram())
                    .cuts(need.id(), need.minimum(), at));
        }
        return cuts;
    }

    void publish(List<Cuts> cuts) {
        cuts.forEach(tables::add);
    }

    /** Returns where cuts differ from what the oracle counted; null if they agree. */
    static @Nullable String difference(
            List<Cuts> cuts,
            Map<Population, Map<String, Long>> counted,
            Plan plan,
            Collection<CustomerState> customers,
            OracleLanguage language) {
        for (PopulationNeed need : plan.populations()) {
            Population population = new Population(language.canonical(need.value()), need.among(), need.minimum());
            Map<String, Long> expected = counted.get(population);
            Cuts made = cuts.stream()
                    .filter(each -> each.population() == need.id())
                    .findFirst()
                    .orElseThrow();
            if (expected == null) {
                return "the oracle does not know " + population + " but " + counted.keySet();
            }
            if (made.customers() != expected.size()) {
                return made.customers() + " customers of " + population + ", and not " + expected;
            }
            Cut cut = new Cut(made.at(), List.copyOf(expected.values()));
            for (CustomerState customer : customers) {
                Long bucket = expected.get(customer.customerId());
                int tenths = bucket == null || expected.size() < need.minimum() ? -1 : cut.tenths(bucket);
                int found = made.tenths(customer.standings().bucket(need.id()));
                if (tenths != found) {
                    return customer.customerId() + " is at " + found + " and not at " + tenths + " in " + population;
                }
            }
        }
        return null;
    }
}
