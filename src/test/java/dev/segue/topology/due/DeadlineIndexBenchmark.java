// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Five million idle customers with ids of 16 bytes: the cost of their deadlines in time and heap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class DeadlineIndexBenchmark {
    private static final int CUSTOMERS = 5_000_000;
    private static final long SEED = 1;
    private static final long YEAR = 365L * 86_400_000;

    private static final int LOOKS = 1_000_000;

    private DeadlineIndex index = new DeadlineIndex();

    @Setup
    public void fill() {
        Object unused = arm();
    }

    @Benchmark
    @OperationsPerInvocation(CUSTOMERS)
    public Object arm() {
        index = new DeadlineIndex();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            byte[] id = ByteBuffer.allocate(16)
                    .putLong(random.nextLong())
                    .putLong(customer)
                    .array();
            index.arm(id, random.nextLong(YEAR));
        }
        return index;
    }

    /**
     * The cost of time while no customer is due: a segmenter checks once per tick, and 50 times a second in between.
     * Nothing else that it does then depends on the number of customers.
     */
    @Benchmark
    @OperationsPerInvocation(LOOKS)
    public int look() {
        int due = 0;
        for (long now = -LOOKS; now < 0; now++) {
            due += index.isDue(now) ? 1 : 0;
        }
        return due;
    }

    @TearDown(Level.Trial)
    public void printSize() {
        System.out.printf(
                "%d customers (seed %d): %.1f bytes of heap each%n",
                index.size(), SEED, (double) index.memory() / index.size());
    }
}
