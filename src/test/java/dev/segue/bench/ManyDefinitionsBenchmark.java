// SPDX-License-Identifier: Apache-2.0
package dev.segue.bench;

import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event, with 25 or 1 000 definitions that each read one category. An event affects one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ManyDefinitionsBenchmark {
    private static final int CUSTOMERS = 1_000;
    private static final int CATEGORIES = 25;

    @Param({"25", "1000"})
    int definitions;

    private Plan plan;
    private final List<CustomerState> customers = new ArrayList<>();
    private long number;

    @Setup
    public void compile() {
        List<String> texts = new ArrayList<>();
        for (int category = 0; category < definitions; category++) {
            texts.add("segment: likes-" + category + "\nwhen: product_viewed.filter(v, v.category == 'c" + category
                    + "').within('7d').count() >= 3");
        }
        plan = Histories.plan(texts);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            customers.add(new CustomerState("customer-" + customer));
        }
        // A customer's first event evaluates every definition; only the others are measured.
        for (int event = 0; event < CUSTOMERS; event++) {
            apply();
        }
    }

    @Benchmark
    public Effects apply() {
        int customer = (int) (number % CUSTOMERS);
        long category = number / CUSTOMERS % CATEGORIES;
        Event event =
                Histories.view("customer-" + customer, number, 1_700_000_000_000L + number * 100, "p", "c" + category);
        number++;
        return plan.apply(customers.get(customer), event, Long.MIN_VALUE, event.time());
    }
}
