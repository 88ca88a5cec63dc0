// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes stored facts of a product: its id, the instant, and each field's value, and those of its variants. */
public final class FactsCodec {
    private static final int VERSION = 2;

    private FactsCodec() {}

    public static byte[] write(ProductFacts facts) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.text(facts.productId());
            out.signed(facts.at());
            write(facts.fields(), out);
            out.unsigned(facts.variants().size());
            facts.variants().forEach((name, own) -> {
                out.text(name);
                write(own, out);
            });
        });
    }

    private static void write(Fields fields, StateWriter out) {
        int size = ProductFacts.TYPE.fields().size();
        out.unsigned(size);
        for (int slot = 0; slot < size; slot++) {
            out.value(fields.get(slot));
        }
    }

    /**
     * Decodes the result of {@link #write}.
     *
     * @throws CorruptState if the bytes are damaged
     * @throws UnknownStateVersion if another version of Segue stored them
     */
    public static ProductFacts read(byte[] stored) {
        return StateReader.whole(stored, FactsCodec::read);
    }

    private static ProductFacts read(StateReader in) {
        int version = in.oneByte();
        if (version != VERSION) {
            throw new UnknownStateVersion(version, VERSION);
        }
        String productId = in.text();
        long at = in.signed();
        Fields fields = fields(in);
        Map<String, Fields> variants = new HashMap<>();
        for (int left = in.count(1); left > 0; left--) {
            variants.put(in.text(), fields(in));
        }
        return new ProductFacts(productId, at, fields, variants);
    }

    private static Fields fields(StateReader in) {
        @Nullable Object[] values = new Object[in.count(1)];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = in.value();
        }
        return new Fields(ProductFacts.TYPE, values);
    }
}
