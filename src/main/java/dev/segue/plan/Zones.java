package dev.segue.plan;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Time zones by name, with the configured one for names that are none. */
final class Zones {
    /** More different names than there are zones are mistakes, and not worth remembering. */
    private static final int REMEMBERED = 1000;

    private final ZoneId configured;
    private final Map<String, ZoneId> known = new ConcurrentHashMap<>();

    Zones(ZoneId configured) {
        this.configured = configured;
    }

    /** The zone of that name; the configured one where it is unset or does not exist. */
    ZoneId named(@Nullable Object name) {
        if (!(name instanceof String text) || text.isEmpty()) {
            return configured;
        }
        ZoneId zone = known.get(text);
        if (zone == null) {
            zone = find(text);
            if (known.size() < REMEMBERED) {
                known.put(text, zone);
            }
        }
        return zone;
    }

    private ZoneId find(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return configured;
        }
    }
}
