// SPDX-License-Identifier: Apache-2.0
package dev.segue.bench;

import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One event of a customer who already has many events. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotCustomerBenchmark {
    private static final List<String> DEFINITIONS = List.of(
            "segment: quiet\nwhen: activity.within('1h').count() == 0",
            "segment: curious\nwhen: product_viewed.within('14d').map(v, v.product_id).distinct().count() >= 3",
            "segment: dear\nwhen: product_viewed.within('30d').map(v, v.price).avg() > 5.0",
            "segment: picky\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.within('7d').count() >= 300)",
            "segment: many\nwhen: product_viewed.count() > 1000000000");

    @Param({"10000", "1000000"})
    int history;

    private final Plan plan = Histories.plan(DEFINITIONS);
    private final CustomerState customer = new CustomerState("hot");
    private long number;

    @Setup(Level.Trial)
    public void liveThrough() {
        while (number < history) {
            apply();
        }
    }

    @Benchmark
    public Effects apply() {
        Event event = Histories.view("hot", number, 1_700_000_000_000L + number * 2_000, "p" + number % 5_000, "c");
        number++;
        return plan.apply(customer, event, Long.MIN_VALUE, event.time());
    }

    @TearDown
    public void printSize() {
        System.out.println("state after " + number + " events: " + StateCodec.write(customer).length + " bytes");
    }
}
