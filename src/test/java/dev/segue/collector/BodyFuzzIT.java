// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link BodyFuzzTest}, for longer, with an eye on the memory. */
class BodyFuzzIT {
    private static final int REQUESTS = 100_000;

    /** By then, everything is loaded and every pool is filled. */
    private static final int WARM = REQUESTS / 5;

    /** Some fifty bytes for each of the 80,000 requests between; a message that is kept takes several hundred. */
    private static final long MOST_GROWTH = 4L << 20;

    private long warm;
    private long end;

    @Test
    @Tag("faults")
    void noBodyOfManyIsAnErrorOfOursOrStaysInMemory() throws Exception {
        BodyFuzzTest.fuzz(REQUESTS, sent -> {
            if (sent == WARM) {
                warm = usedHeap();
            } else if (sent == REQUESTS) {
                end = usedHeap();
            }
        });
        System.out.printf(
                "bodies: used heap after %d requests %d KiB, after %d requests %d KiB%n",
                WARM, warm >> 10, REQUESTS, end >> 10);
        assertThat(warm).isPositive();
        assertThat(end - warm).as("growth in bytes").isLessThan(MOST_GROWTH);
    }

    /** After a full collection. */
    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
