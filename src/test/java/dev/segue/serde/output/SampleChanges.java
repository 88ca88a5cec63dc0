// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sample changes of every kind. */
public final class SampleChanges {
    private static final Instant AT = Instant.parse("2025-11-01T11:00:00Z");

    static final Change ENTERED = new Change(
            "6f1c",
            "ann",
            "cart-abandoned",
            Change.Kind.ENTERED,
            null,
            null,
            AT,
            AT.plusMillis(250),
            null,
            "0123456789ab",
            Cause.DEADLINE,
            List.of(
                    new Evidence("cart.count()", 2L, false, false),
                    new Evidence("activity.within('1h').count()", 0L, false, false)),
            ordered("items", List.of("p1", "p7"), "value", 89.9),
            false,
            false,
            null);

    static final Change EXITED = new Change(
            "6f1d",
            "ann",
            "cart-abandoned",
            Change.Kind.EXITED,
            null,
            null,
            AT,
            AT,
            AT.minusMillis(1),
            "0123456789ab",
            new Cause(Cause.Kind.EVENT, "e9", "product_removed"),
            List.of(),
            Map.of(),
            true,
            false,
            null);

    /** Every field set, with every kind of value at every depth. */
    public static final Change FULL = new Change(
            "6f1e",
            "björn",
            "preferred-hour",
            Change.Kind.UPDATED,
            ordered("value", 17L, "share", 0.25),
            "habits",
            AT,
            AT,
            AT,
            "ffffffffffff",
            Cause.DEFINITION,
            List.of(
                    new Evidence("a", true, true, false),
                    new Evidence("b", Long.MIN_VALUE, false, true),
                    new Evidence("c", -0.5, true, true),
                    new Evidence("d", "", false, false),
                    new Evidence("e", AT, false, false),
                    new Evidence("f", List.of(List.of(), List.of(1L, "x", false)), false, false),
                    new Evidence("g", Map.of(), false, false)),
            ordered("z", ordered("y", List.of(AT, 2.0), "a", "b"), "b", 1L, "a", true),
            true,
            true,
            "eve");

    private SampleChanges() {}

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
