// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownProductsTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    private KeyValueStore<Bytes, byte[]> store;
    private KnownProducts products;

    @BeforeEach
    void open() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("population"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        products = new KnownProducts(store);
    }

    private static ProductFacts stock(String product, long pieces) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = pieces;
        return new ProductFacts(product, 0, new Fields(ProductFacts.TYPE, values));
    }

    @Test
    void instantsNeverGoBackEvenAfterARestart() {
        assertThat(products.take(stock("p1", 1), NOON)).isTrue();
        assertThat(products.take(stock("p1", 2), NOON - 86_400_000)).isTrue();
        products = new KnownProducts(store);
        assertThat(products.take(stock("p1", 3), NOON - 1)).isTrue();
        assertThat(products.takeMessage()).extracting(ProductFacts::at).containsExactly(NOON, NOON, NOON);
    }

    @Test
    void restartLosesNothingThatIsToBeWritten() {
        products.take(stock("p1", 0), NOON);
        products.take(stock("p2", 5), NOON + 1);
        products = new KnownProducts(store);
        products.take(stock("p1", 5), NOON + 2);
        assertThat(products.takeMessage()).extracting(ProductFacts::productId).containsExactly("p1", "p2", "p1");
        assertThat(products.takeMessage()).isEmpty();
        products = new KnownProducts(store);
        assertThat(products.takeMessage()).isEmpty();
    }

    @Test
    void derivesFromWhatWasKnownBefore() {
        products.take(stock("p1", 5), NOON);
        products.take(stock("p1", 0), NOON + 1);
        products = new KnownProducts(store);
        products.take(stock("p1", 3), NOON + 2);
        assertThat(products.takeMessage()).last().satisfies(last -> {
            assertThat(last.fields().get("sold_out_at")).isEqualTo(Instant.ofEpochMilli(NOON + 1));
            assertThat(last.fields().get("restocked_at")).isEqualTo(Instant.ofEpochMilli(NOON + 2));
        });
    }

    @Test
    void derivesOfVariantsToo() {
        products.take(variant("M", 0), NOON);
        products = new KnownProducts(store);
        assertThat(products.take(variant("M", 0), NOON + 1)).isFalse();
        assertThat(products.take(variant("M", 3), NOON + 2)).isTrue();
        int restocked = ProductFacts.TYPE.slot("restocked_at");
        assertThat(products.takeMessage()).last().satisfies(last -> {
            assertThat(last.get("M", restocked)).isEqualTo(Instant.ofEpochMilli(NOON + 2));
            assertThat(last.get("L", restocked)).isNull();
        });
    }

    private static ProductFacts variant(String name, long pieces) {
        return new ProductFacts(
                "p1",
                0,
                stock("p1", 5).fields(),
                Map.of(name, stock("p1", pieces).fields()));
    }

    @Test
    void dropsWhatSaysNothingNew() {
        assertThat(products.take(stock("p1", 0), NOON)).isTrue();
        assertThat(products.take(stock("p1", 0), NOON + 1)).isFalse();
        assertThat(products.take(ProductFacts.withdrawn("p1", 0), NOON + 2)).isTrue();
        assertThat(products.take(ProductFacts.withdrawn("p1", 0), NOON + 3)).isFalse();
        assertThat(products.take(ProductFacts.withdrawn("p2", 0), NOON + 3)).isFalse();
        assertThat(products.takeMessage()).hasSize(2);
    }

    @Test
    void dividesIntoMessages() {
        for (int number = 0; number <= KnownProducts.MOST_AT_ONCE; number++) {
            assertThat(products.isMessageFull()).isEqualTo(number == KnownProducts.MOST_AT_ONCE);
            products.take(stock("p" + number, 1), NOON);
        }
        assertThat(products.takeMessage()).hasSize(KnownProducts.MOST_AT_ONCE);
        assertThat(products.takeMessage()).hasSize(1);
    }
}
