// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts facts of products and the customers that they reach. Safe for several threads. */
public final class ProductCounters {
    private final Counter taken;
    private final Counter unchanged;
    private final Counter refused;
    private final Counter informed;

    public ProductCounters(MeterRegistry registry) {
        taken = counter(registry, "segue.product.facts", "Facts of products that were taken, over all partitions");
        unchanged = counter(registry, "segue.product.unchanged", "Facts of products that said what was known already");
        refused = counter(registry, "segue.product.refused", "Records of the topic of product facts that were refused");
        informed = counter(
                registry,
                "segue.product.customers",
                "Customers looked up because new facts of a product may change a result");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** A partition has taken facts. */
    public void taken(int facts) {
        taken.increment(facts);
    }

    public void unchanged() {
        unchanged.increment();
    }

    public void refused() {
        refused.increment();
    }

    /** The results of customers may depend on new facts. */
    public void informed(int customers) {
        informed.increment(customers);
    }
}
