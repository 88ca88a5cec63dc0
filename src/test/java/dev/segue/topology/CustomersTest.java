// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.Effects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private static final int STATE = 100;

    private final Reads engine = new Reads();
    private CustomerStore store;

    /** Records whose bytes were read. */
    private static final class Reads implements Engine {
        final List<String> read = new ArrayList<>();

        @Override
        public Customer customer(String id, byte @Nullable [] stored) {
            read.add(id);
            return new Customer() {
                @Override
                public Outcome apply(Event event, long tick, long detectedAt) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Outcome advance(long to, long detectedAt) {
                    return new Outcome(
                            new Effects(Effects.Outcome.ADVANCED, List.of(), List.of(), List.of(), List.of(), true),
                            new byte[STATE],
                            deadline(),
                            null);
                }

                @Override
                public long deadline() {
                    return 7;
                }
            };
        }

        @Override
        public long deadline(byte[] stored) {
            return 5;
        }

        @Override
        public List<String> segments(byte[] stored) {
            return List.of();
        }
    }

    @BeforeEach
    void openStore() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> opened = CustomerStore.builder(Stores.inMemoryKeyValueStore("customers"), false)
                .withLoggingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        store = new CustomerStore(opened);
    }

    private static byte[] id(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static void live(Customers customers, String name) {
        Customers.Known known = customers.get(id(name));
        known.customer().advance(1, 1);
        customers.put(known, new byte[STATE]);
        customers.keep(known);
    }

    @Test
    void doesNotReadCachedCustomerAgain() {
        Customers customers = new Customers(store, engine, new CacheBudget(1_000_000));
        live(customers, "ann");
        live(customers, "ann");
        assertThat(engine.read).containsExactly("ann");
        assertThat(customers.get(id("ann")).storedBytes()).isEqualTo(STATE);
    }

    @Test
    void readsEachTimeWithoutCache() {
        Customers customers = new Customers(store, engine, new CacheBudget(0));
        live(customers, "ann");
        live(customers, "ann");
        assertThat(engine.read).containsExactly("ann", "ann");
    }

    @Test
    void evictsLeastRecentlyUsedCustomer() {
        // Room for two: each takes 700 bytes plus eight times its stored bytes.
        Customers customers = new Customers(store, engine, new CacheBudget(2 * (700 + 8 * STATE)));
        live(customers, "ann");
        live(customers, "bob");
        live(customers, "ann");
        live(customers, "cat");
        live(customers, "ann");
        live(customers, "bob");
        assertThat(engine.read).containsExactly("ann", "bob", "cat", "bob");
    }

    @Test
    void sharesAndReleasesBudget() {
        CacheBudget budget = new CacheBudget(700 + 8 * STATE);
        Customers first = new Customers(store, engine, budget);
        live(first, "ann");
        first.close();
        Customers second = new Customers(store, engine, budget);
        live(second, "ann");
        live(second, "ann");
        assertThat(engine.read).containsExactly("ann", "ann");
    }

    @Test
    void deletesFromStoreAndCache() {
        Customers customers = new Customers(store, engine, new CacheBudget(1_000_000));
        live(customers, "ann");
        customers.delete(customers.get(id("ann")));
        assertThat(customers.find(id("ann"))).isNull();
        assertThat(customers.get(id("ann")).storedBytes()).isZero();
    }

    @Test
    void readsDeadlineFromStoredBytes() {
        Customers customers = new Customers(store, engine, new CacheBudget(1_000_000));
        store.put(id("ann"), new byte[STATE]);
        assertThat(customers.get(id("ann")).deadline()).isEqualTo(5);
        assertThat(engine.read).isEmpty();
        live(customers, "ann");
        assertThat(customers.get(id("ann")).deadline()).isEqualTo(7);
    }
}
