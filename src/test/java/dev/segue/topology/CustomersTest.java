// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.LimitSettings;
import dev.segue.plan.Scenario;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.product.ProductTable;
import dev.segue.serde.state.CorruptState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private static final int STATE = 100;
    private static final String TIME = "2025-11-01T10:00:00Z";

    private final PlanEngine engine = new PlanEngine(
            Scenario.compile("segment: recent\nwhen: page_viewed.within('1h').count() > 0"),
            LimitSettings.defaults().stateBytes(),
            new Visits(true),
            new Customers.Shared(new CutTables(), new ProductTable()));
    private CustomerStore store;

    @BeforeEach
    void openStore() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> opened = CustomerStore.builder(Stores.inMemoryKeyValueStore("customers"), false)
                .withLoggingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        store = new CustomerStore(opened);
    }

    private Customers customers(long cacheBytes) {
        return new Customers(
                store, engine, new CacheBudget(cacheBytes), new Customers.Shared(new CutTables(), new ProductTable()));
    }

    private static byte[] id(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static Customers.Known live(Customers customers, String name) {
        Customers.Known known = customers.get(id(name));
        customers.put(known, new byte[STATE]);
        customers.keep(known);
        return known;
    }

    @Test
    void aCustomerInMemoryIsNotReadAgain() {
        Customers customers = customers(1_000_000);
        Customers.Known ann = live(customers, "ann");
        assertThat(live(customers, "ann")).isSameAs(ann);
        assertThat(ann.storedBytes()).isEqualTo(STATE);
    }

    @Test
    void withoutRoomEveryCustomerIsReadEachTime() {
        Customers customers = customers(0);
        Customers.Known ann = live(customers, "ann");
        assertThat(live(customers, "ann")).isNotSameAs(ann);
    }

    @Test
    void theLeastRecentlyUsedCustomerIsDroppedFirst() {
        // Room for two: each takes 700 bytes and eight times those that are stored.
        Customers customers = customers(2 * (700 + 8 * STATE));
        Customers.Known ann = live(customers, "ann");
        Customers.Known bob = live(customers, "bob");
        live(customers, "ann");
        live(customers, "cat");
        assertThat(live(customers, "ann")).isSameAs(ann);
        assertThat(live(customers, "bob")).isNotSameAs(bob);
    }

    @Test
    void allTasksShareTheRoomAndGiveItBack() {
        CacheBudget budget = new CacheBudget(700 + 8 * STATE);
        Customers first =
                new Customers(store, engine, budget, new Customers.Shared(new CutTables(), new ProductTable()));
        live(first, "ann");
        first.close();
        Customers second =
                new Customers(store, engine, budget, new Customers.Shared(new CutTables(), new ProductTable()));
        Customers.Known ann = live(second, "ann");
        assertThat(live(second, "ann")).isSameAs(ann);
    }

    @Test
    void aDeletedCustomerIsGoneFromMemoryAndStore() {
        Customers customers = customers(1_000_000);
        live(customers, "ann");
        customers.delete(customers.get(id("ann")));
        assertThat(customers.find(id("ann"))).isNull();
        assertThat(customers.get(id("ann")).storedBytes()).isZero();
    }

    @Test
    void aDeadlineNeedsTheFirstBytesOnly() {
        Customers customers = customers(1_000_000);
        Customers.Known ann = customers.get(id("ann"));
        Outcome look = ann.apply(Scenario.read("e1", TIME, "ann", "page_viewed"), Long.MIN_VALUE, 0);
        byte[] state = Objects.requireNonNull(look.state());
        assertThat(ann.deadline()).isEqualTo(look.deadline());
        store.put(id("ann"), Arrays.copyOf(state, 17));
        Customers.Known stored = customers.get(id("ann"));
        assertThat(stored.deadline()).isEqualTo(look.deadline());
        assertThatThrownBy(() -> stored.advance(look.deadline(), 0)).isInstanceOf(CorruptState.class);
    }
}
