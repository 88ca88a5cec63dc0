// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import com.fasterxml.jackson.core.JsonParser;
import dev.segue.event.Fields;
import dev.segue.event.Nearest;
import dev.segue.event.ProductFacts;
import dev.segue.replay.file.ForeignJson;
import dev.segue.replay.file.RefusedRow;
import dev.segue.serde.event.EventLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the variants of a product in a file: an object with one object for each variant, or its text in a cell of CSV. */
final class VariantsColumn {
    private static final String ADVICE = "; write an object like {\"M\": {\"stock\": 3}, \"L\": {\"stock\": 0}}";

    private VariantsColumn() {}

    /** @throws RefusedRow if a name or a value is invalid; the reason says how to mend it */
    static Map<String, Fields> read(Object value) throws RefusedRow {
        Map<?, ?> written = object(value);
        if (written.size() > ProductFacts.MOST_VARIANTS) {
            throw new RefusedRow("the product has " + written.size() + " variants; at most "
                    + ProductFacts.MOST_VARIANTS + " are allowed");
        }
        Map<String, Fields> variants = new HashMap<>();
        for (Map.Entry<?, ?> entry : written.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (name.isBlank()) {
                throw new RefusedRow("a variant's name is blank; write it as events name it in variant or sku");
            }
            if (name.length() > EventLimits.ID) {
                throw new RefusedRow("the variant's name " + RefusedRow.quote(name) + " has more than " + EventLimits.ID
                        + " characters");
            }
            String where = "variant " + RefusedRow.quote(name) + ": ";
            if (!(entry.getValue() instanceof Map<?, ?> own)) {
                throw new RefusedRow(where + RefusedRow.quote(String.valueOf(entry.getValue()))
                        + " is not an object of its fields; write it like {\"stock\": 3}");
            }
            try {
                variants.put(name, fields(own));
            } catch (RefusedRow refused) {
                throw new RefusedRow(where + refused.reason(), refused.detail());
            }
        }
        return variants;
    }

    private static Map<?, ?> object(Object value) throws RefusedRow {
        Object parsed = value instanceof String text ? parsed(text) : value;
        if (parsed instanceof Map<?, ?> object) {
            return object;
        }
        throw new RefusedRow("variants " + RefusedRow.quote(value) + " is not an object of variants" + ADVICE);
    }

    private static @Nullable Object parsed(String text) throws RefusedRow {
        try (JsonParser parser = ForeignJson.parser(text)) {
            boolean any = parser.nextToken() != null;
            Object value = any ? ForeignJson.value(parser) : null;
            return parser.nextToken() == null ? value : null;
        } catch (IOException malformed) {
            throw new RefusedRow("variants " + RefusedRow.quote(text) + " is not JSON" + ADVICE);
        }
    }

    private static Fields fields(Map<?, ?> own) throws RefusedRow {
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (Map.Entry<?, ?> entry : own.entrySet()) {
            String field = String.valueOf(entry.getKey());
            if (!ProductFacts.OF_VARIANTS.contains(field)) {
                throw new RefusedRow("unknown field " + RefusedRow.quote(field) + "."
                        + Nearest.hint(field, ProductFacts.OF_VARIANTS) + " A variant may have "
                        + String.join(", ", ProductFacts.OF_VARIANTS));
            }
            if (entry.getValue() != null && !entry.getValue().equals("")) {
                values[ProductFacts.TYPE.slot(field)] = FactValues.typed(field, entry.getValue());
            }
        }
        return new Fields(ProductFacts.TYPE, values);
    }
}
