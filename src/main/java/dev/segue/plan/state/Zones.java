// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.config.ZoneText;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Resolves time zones by name, with the configured zone as the fallback. */
public final class Zones {
    /** The maximum number of cached names. There are fewer zones than this, so further names are mistakes. */
    private static final int REMEMBERED = 1000;

    private final ZoneId configured;
    private final Map<String, Optional<ZoneId>> known = new ConcurrentHashMap<>();

    public Zones(ZoneId configured) {
        this.configured = configured;
    }

    /** Returns the zone with that name; the configured one if the name is unset or unknown. */
    public ZoneId named(@Nullable Object name) {
        return name instanceof String text && !text.isEmpty() ? find(text).orElse(configured) : configured;
    }

    /** Returns whether this is a name that is not a known zone. */
    public boolean isUnknown(@Nullable Object name) {
        return name instanceof String text && !text.isBlank() && find(text).isEmpty();
    }

    private Optional<ZoneId> find(String text) {
        Optional<ZoneId> zone = known.get(text);
        if (zone == null) {
            zone = Optional.ofNullable(ZoneText.find(text));
            if (known.size() < REMEMBERED) {
                known.put(text, zone);
            }
        }
        return zone;
    }
}
