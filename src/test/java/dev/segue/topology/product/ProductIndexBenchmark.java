// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import dev.segue.topology.due.DeadlineIndex;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A million customers who wait for one product: the cost of new facts, and of the index, in time and heap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class ProductIndexBenchmark {
    static final int CUSTOMERS = 1_000_000;
    private static final int PRODUCT = 7;
    private static final int SLICE = 2_000;

    private ProductIndex index = new ProductIndex();
    private DeadlineIndex deadlines = new DeadlineIndex();

    @Setup
    public void fill() {
        index = new ProductIndex();
        for (int number = 0; number < CUSTOMERS; number++) {
            index.set(id(number), new int[] {PRODUCT});
        }
        System.out.println("memory: " + index.memory() / CUSTOMERS + " bytes for each customer, with the id");
    }

    @Setup(Level.Invocation)
    public void forget() {
        deadlines = new DeadlineIndex();
    }

    private static byte[] id(int number) {
        return ("customer-" + (1_000_000 + number)).getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object replace() {
        fill();
        return index;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object walk() {
        long[] bytes = new long[1];
        index.beginWalk(PRODUCT);
        while (index.walk(PRODUCT, SLICE, customer -> bytes[0] += customer.length) == SLICE) {
            // The next slice.
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object arm() {
        index.beginWalk(PRODUCT);
        while (index.walk(PRODUCT, SLICE, customer -> deadlines.arm(customer, 1)) == SLICE) {
            // The next slice.
        }
        return deadlines;
    }
}
