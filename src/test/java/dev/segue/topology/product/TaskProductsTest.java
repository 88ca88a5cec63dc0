// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.plan.product.AskedProducts;
import dev.segue.topology.due.DeadlineIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskProductsTest {
    private final Kept kept = new Kept();
    private final DeadlineIndex deadlines = new DeadlineIndex();
    private TaskProducts products = new TaskProducts(kept);

    /** In memory. */
    private static final class Kept implements ProductStore {
        private final Map<String, byte[]> settled = new HashMap<>();
        private final TreeMap<Long, byte[]> recent = new TreeMap<>();
        private long last;
        private int reads;

        @Override
        public byte @Nullable [] settledFacts(String productId) {
            reads++;
            return settled.get(productId);
        }

        @Override
        public void settledFacts(Consumer<byte[]> visitor) {
            settled.values().forEach(visitor);
        }

        @Override
        public void settledFacts(String productId, byte @Nullable [] facts) {
            put(settled, productId, facts);
        }

        @Override
        public void recentFacts(Consumer<byte[]> visitor) {
            recent.values().forEach(visitor);
        }

        @Override
        public void recentFacts(long number, byte @Nullable [] facts) {
            put(recent, number, facts);
        }

        private static <K> void put(Map<K, byte[]> into, K key, byte @Nullable [] value) {
            if (value == null) {
                into.remove(key);
            } else {
                into.put(key, value);
            }
        }

        @Override
        public long lastSettled() {
            return last;
        }

        @Override
        public void lastSettled(long number) {
            last = number;
        }
    }

    private static ProductFacts stock(String product, long pieces, long at) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = pieces;
        return new ProductFacts(product, at, new Fields(ProductFacts.TYPE, values));
    }

    private void waits(int customer, String product) {
        AskedProducts asked = new AskedProducts();
        asked.set(0, new int[] {AskedProducts.hash(product)});
        products.asks(("c" + customer).getBytes(StandardCharsets.UTF_8), asked);
    }

    @Test
    void laterFactsBeginTheWalkAgainAndKeepTheEarlierInstant() {
        for (int customer = 0; customer < 5_000; customer++) {
            waits(customer, "p1");
        }
        assertThat(products.take(List.of(stock("p1", 1, 100)))).isEqualTo(1);
        int first = products.arm(deadlines);
        assertThat(first).isBetween(1, 4_999);
        assertThat(products.isArming()).isTrue();
        // Whoever was armed and has been evaluated since must be so again.
        while (deadlines.isDue(100)) {
            deadlines.settleFirst(DeadlineIndex.NEVER);
        }
        assertThat(products.take(List.of(stock("p1", 2, 200)))).isEqualTo(1);
        while (products.isArming()) {
            products.arm(deadlines);
        }
        assertThat(deadlines.size()).isEqualTo(5_000);
        assertThat(deadlines.due(100, 10_000)).isEqualTo(5_000);
    }

    @Test
    void productThatNobodyWaitsForArmsNobody() {
        waits(1, "p1");
        assertThat(products.take(List.of(stock("p2", 1, 100)))).isEqualTo(1);
        assertThat(products.isArming()).isFalse();
    }

    @Test
    void settlesAFewAtATimeAndKeepsTheLatestOfEachProduct() {
        List<ProductFacts> facts = new ArrayList<>();
        IntStream.range(0, TaskProducts.MOST_SETTLED).forEach(number -> facts.add(stock("p1", number, number)));
        facts.add(stock("p2", 1, 5_000));
        facts.add(stock("p2", 2, 9_000));
        assertThat(products.take(facts)).isEqualTo(facts.size());
        products.settled(6_000);
        assertThat(kept.recent).hasSize(2);
        products.settled(6_000);
        assertThat(kept.recent).hasSize(1);
        assertThat(kept.settled).containsOnlyKeys("p1", "p2");
        products = new TaskProducts(kept);
        assertThat(products.table().latest()).isEqualTo(facts.size());
        assertThat(products.table().at("p1", 9_000)).isEqualTo(facts.get(TaskProducts.MOST_SETTLED - 1));
        assertThat(products.table().at("p2", 8_999)).isEqualTo(stock("p2", 1, 5_000));
        assertThat(products.table().at("p2", 9_000)).isEqualTo(stock("p2", 2, 9_000));
        assertThat(products.table().numberAt(8_999)).isEqualTo(facts.size() - 1);
        assertThat(products.table().isSettled()).isFalse();
    }

    @Test
    void readsSettledFactsOnce() {
        products.take(List.of(stock("p1", 1, 100)));
        products.settled(100);
        kept.reads = 0;
        for (int times = 0; times < 3; times++) {
            assertThat(products.table().at("p1", 200)).isEqualTo(stock("p1", 1, 100));
            assertThat(products.table().at("unknown", 200)).isNull();
        }
        assertThat(kept.reads).isEqualTo(2);
        products.take(List.of(stock("p1", 2, 300)));
        products.settled(300);
        assertThat(products.table().at("p1", 400)).isEqualTo(stock("p1", 2, 300));
    }

    @Test
    void withdrawnProductLeavesNothing() {
        products.take(List.of(stock("p1", 1, 100), ProductFacts.withdrawn("p1", 200)));
        assertThat(products.table().at("p1", 200)).isEqualTo(ProductFacts.withdrawn("p1", 200));
        products.settled(200);
        assertThat(kept.settled).isEmpty();
        assertThat(kept.recent).isEmpty();
        assertThat(products.table().at("p1", 300)).isNull();
    }
}
