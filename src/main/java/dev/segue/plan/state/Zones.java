// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.config.ZoneText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Resolves time zones by name, with the configured zone as the fallback, and the time on their clocks. */
public final class Zones {
    /** The maximum number of cached names. There are fewer zones than this, so further names are mistakes. */
    private static final int REMEMBERED = 1000;

    private static final Offset NONE = new Offset(0, 0, 0);

    private final ZoneId configured;
    private final Map<ZoneId, Offset> offsets = new ConcurrentHashMap<>();
    private final Map<String, Optional<ZoneId>> known = new ConcurrentHashMap<>();

    /** Each event is asked for its zone several times, and most events of a shop have the same. */
    private volatile Named latest = new Named("", Optional.empty());

    public Zones(ZoneId configured) {
        this.configured = configured;
    }

    /** Returns the zone with that name; the configured one if the name is unset or unknown. */
    public ZoneId named(@Nullable Object name) {
        return name instanceof String text && !text.isEmpty() ? find(text).orElse(configured) : configured;
    }

    /** The offset of a zone between two of its transitions, all in milliseconds. */
    private record Offset(long from, long until, long millis) {}

    /** Returns the local date and time of an instant in a zone, as milliseconds since 1970 on the local clock. */
    public long local(ZoneId zone, long time) {
        Offset known = offsets.getOrDefault(zone, NONE);
        if (time < known.from() || time >= known.until()) {
            known = offsetAt(zone, Instant.ofEpochMilli(time));
            offsets.put(zone, known);
        }
        return time + known.millis();
    }

    private static Offset offsetAt(ZoneId zone, Instant time) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition next = rules.nextTransition(time);
        // A transition at this very instant has already happened.
        ZoneOffsetTransition previous = rules.previousTransition(time.plusMillis(1));
        return new Offset(
                previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * 1000,
                next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000,
                rules.getOffset(time).getTotalSeconds() * 1000L);
    }

    /** Returns whether this is a name that is not a known zone. */
    public boolean isUnknown(@Nullable Object name) {
        return name instanceof String text && !text.isEmpty() && find(text).isEmpty() && !text.isBlank();
    }

    private Optional<ZoneId> find(String text) {
        Named last = latest;
        if (last.text().equals(text)) {
            return last.zone();
        }
        Optional<ZoneId> zone = known.get(text);
        if (zone == null) {
            zone = Optional.ofNullable(ZoneText.find(text));
            if (known.size() < REMEMBERED) {
                known.put(text, zone);
            }
        }
        latest = new Named(text, zone);
        return zone;
    }

    private record Named(String text, Optional<ZoneId> zone) {}
}
