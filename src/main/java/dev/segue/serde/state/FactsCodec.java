// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import org.jspecify.annotations.Nullable;

/** Encodes stored facts of a product: its id, the instant, and each field's value. */
public final class FactsCodec {
    private static final int VERSION = 1;

    private FactsCodec() {}

    public static byte[] write(ProductFacts facts) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.text(facts.productId());
            out.signed(facts.at());
            int size = ProductFacts.TYPE.fields().size();
            out.unsigned(size);
            for (int slot = 0; slot < size; slot++) {
                out.value(facts.fields().get(slot));
            }
        });
    }

    /**
     * Decodes the result of {@link #write}.
     *
     * @throws CorruptState if the bytes are damaged, or another version of Segue stored them
     */
    public static ProductFacts read(byte[] stored) {
        return StateReader.whole(stored, FactsCodec::read);
    }

    private static ProductFacts read(StateReader in) {
        int version = in.oneByte();
        if (version != VERSION) {
            throw new CorruptState("facts of version " + version + " instead of " + VERSION);
        }
        String productId = in.text();
        long at = in.signed();
        @Nullable Object[] values = new Object[in.count(1)];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = in.value();
        }
        return new ProductFacts(productId, at, new Fields(ProductFacts.TYPE, values));
    }
}
