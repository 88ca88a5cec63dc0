// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.config.ZoneText;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Time zones by name, with the configured one for names that are none. */
public final class Zones {
    /** More different names than there are zones are mistakes, and not worth remembering. */
    private static final int REMEMBERED = 1000;

    private final ZoneId configured;
    private final Map<String, Optional<ZoneId>> known = new ConcurrentHashMap<>();

    public Zones(ZoneId configured) {
        this.configured = configured;
    }

    /** The zone of that name; the configured one where it is unset or does not exist. */
    public ZoneId named(@Nullable Object name) {
        return name instanceof String text && !text.isEmpty() ? find(text).orElse(configured) : configured;
    }

    /** Whether this is a name, and of no zone. */
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
