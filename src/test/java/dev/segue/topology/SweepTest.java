// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import dev.segue.topology.due.DeadlineIndex;
import dev.segue.topology.due.ThreadTime;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sweep reaches every customer, and leaves most of a busy thread's time to others. */
class SweepTest {
    private static final int CUSTOMERS = 5_000;
    private static final long DEADLINE = 1_000;
    private static final long PER_CUSTOMER_NANOS = 10_000;
    private static final long SECOND = 1_000_000_000;

    private final DeadlineIndex deadlines = new DeadlineIndex();
    private long nanos;
    private final ThreadTime time = new ThreadTime(() -> nanos);
    private Sweep sweep;

    /** Takes some time for every customer. */
    private final class SlowEvaluator implements Evaluator {
        @Override
        public long deadline(byte[] stored) {
            nanos += PER_CUSTOMER_NANOS;
            return DEADLINE;
        }

        @Override
        public long deadline(CustomerState state) {
            return DEADLINE;
        }

        @Override
        public Outcome apply(CustomerState state, Event event, long tick, long detectedAt) {
            throw new AssertionError("a sweep applies no events");
        }

        @Override
        public Outcome advance(CustomerState state, long to, long detectedAt) {
            throw new AssertionError("a sweep moves nobody");
        }
    }

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> opened = CustomerStore.builder(Stores.inMemoryKeyValueStore("customers"), false)
                .withLoggingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        CustomerStore store = new CustomerStore(opened);
        for (int number = 0; number < CUSTOMERS; number++) {
            store.put(("c" + number).getBytes(StandardCharsets.UTF_8), new byte[] {1});
        }
        time.begin();
        sweep = new Sweep(store, deadlines, new SlowEvaluator(), time, (customer, state) -> {});
        nanos = 10 * SECOND;
        sweep.begin();
    }

    @Test
    void idleThreadNeedNotWait() {
        long start = nanos;
        while (sweep.isGoing()) {
            int before = deadlines.size();
            sweep.goOn();
            assertThat(deadlines.size() > before || !sweep.isGoing()).isTrue();
        }
        assertThat(deadlines.size()).isEqualTo(CUSTOMERS);
        assertThat(nanos - start).isEqualTo(CUSTOMERS * PER_CUSTOMER_NANOS);
    }

    @Test
    void underLoadAllTasksTogetherTakeAQuarter() {
        time.begin(); // Another task, which would sweep as long.
        long start = nanos;
        while (sweep.isGoing()) {
            time.event(nanos, nanos);
            long before = nanos;
            sweep.goOn();
            nanos += nanos == before ? PER_CUSTOMER_NANOS : 0;
        }
        assertThat(deadlines.size()).isEqualTo(CUSTOMERS);
        long work = CUSTOMERS * PER_CUSTOMER_NANOS;
        assertThat(nanos - start).isBetween(7 * work, 9 * work);
    }

    @Test
    void beginsAgainAtTheFirstCustomer() {
        sweep.goOn();
        assertThat(deadlines.size()).isPositive().isLessThan(CUSTOMERS);
        sweep.begin();
        while (sweep.isGoing()) {
            sweep.goOn();
        }
        assertThat(deadlines.size()).isEqualTo(CUSTOMERS);
    }
}
