// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import java.util.Map;

/** One line of JSON for reports that have no schema, such as those of health. */
public final class JsonText {
    private JsonText() {}

    /**
     * Writes one object.
     *
     * @param values texts, instants, booleans, longs, doubles, decimals, and lists and maps of them; in their order
     */
    public static String of(Map<String, ?> values) {
        return JsonLines.write(json -> JsonLines.writeValue(json, values));
    }
}
