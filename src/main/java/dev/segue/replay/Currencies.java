package dev.segue.replay;

import dev.segue.config.CurrencySettings;
import dev.segue.event.Event;
import java.util.Map;
import java.util.TreeMap;

/** Which currencies the events of a replay name, where the plan takes amounts as they are. */
final class Currencies {
    /** What is sent as a currency may be anything. */
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

    /** How many events name each currency where there are several; else nothing. */
    Map<String, Long> mixed() {
        return events.size() < 2 ? Map.of() : events;
    }
}
