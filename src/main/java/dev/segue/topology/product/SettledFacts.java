// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import dev.segue.event.ProductFacts;
import dev.segue.serde.state.FactsCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settled facts of products in a task's store; those that were read last stay in memory, decoded, as does the knowledge
 * that nothing is known.
 */
final class SettledFacts {
    /** So many products stay in memory, which takes one or two megabytes for a task. */
    static final int KEPT = 4_000;

    private static final float LOAD = 0.75f;

    private final ProductStore store;

    /** Least recently read first. */
    private final Map<String, Optional<ProductFacts>> kept = new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ProductFacts>> eldest) {
            return size() > KEPT;
        }
    };

    SettledFacts(ProductStore store) {
        this.store = store;
    }

    /** Returns null if nothing is known. */
    @Nullable
    ProductFacts find(String productId) {
        Optional<ProductFacts> known = kept.get(productId);
        if (known == null) {
            byte[] stored = store.settledFacts(productId);
            known = stored == null ? Optional.empty() : Optional.of(FactsCodec.read(stored));
            kept.put(productId, known);
        }
        return known.orElse(null);
    }

    /** Replaces what is settled of a product; of a withdrawn product nothing is kept. */
    void put(ProductFacts facts) {
        kept.remove(facts.productId());
        store.settledFacts(facts.productId(), facts.isWithdrawn() ? null : FactsCodec.write(facts));
    }
}
