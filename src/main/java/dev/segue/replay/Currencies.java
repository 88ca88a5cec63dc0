// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.config.CurrencySettings;
import dev.segue.event.Event;
import java.util.Map;
import java.util.TreeMap;

/** Counts the currencies in a replay's events, if the plan does not convert amounts. */
final class Currencies {
    /** The text of a currency field may be arbitrary, so their number is bounded. */
    private static final int KEPT = 100;

    private final Map<String, Long> events = new TreeMap<>();

    void note(Event event) {
        if (event.fields().get("currency") instanceof String text && !text.isBlank()) {
            String code = CurrencySettings.code(text);
            if (events.containsKey(code) || events.size() < KEPT) {
                events.merge(code, 1L, Long::sum);
            }
        }
    }

    /** The number of events per currency if there are several; else empty. */
    Map<String, Long> mixed() {
        return events.size() < 2 ? Map.of() : events;
    }
}
