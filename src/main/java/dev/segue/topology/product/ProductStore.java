// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one task must not forget of products; facts are encoded by {@link dev.segue.serde.state.FactsCodec}. */
public interface ProductStore {
    /** Returns the settled facts of a product; null if there are none. */
    byte @Nullable [] settledFacts(String productId);

    /** Passes all settled facts to the visitor, in no particular order. */
    void settledFacts(Consumer<byte[]> visitor);

    /** @param facts null deletes them */
    void settledFacts(String productId, byte @Nullable [] facts);

    /** Passes the facts that are not settled to the visitor, in ascending order of their numbers, which have no gaps. */
    void recentFacts(Consumer<byte[]> visitor);

    /** @param facts null deletes them */
    void recentFacts(long number, byte @Nullable [] facts);

    /** Returns the number of the latest settled facts; 0 if there are none. */
    long lastSettled();

    void lastSettled(long number);
}
