// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses time zones in settings and events: a name of the IANA database such as {@code Europe/Berlin} or {@code EST},
 * or an offset such as {@code +05:30}, {@code GMT+2} or {@code UTC-03:00}. Case and surrounding blanks are ignored.
 * Abbreviations that the database does not contain, such as {@code PST} or {@code IST}, are ambiguous and rejected.
 */
public final class ZoneText {
    /** Longer than any name; longer texts are rejected unread. */
    private static final int LONGEST = 64;

    /** Names of the database that Java before release 24 knows only as old abbreviations. */
    private static final Map<String, ZoneId> SHORT = Map.of(
            "est", ZoneOffset.ofHours(-5),
            "mst", ZoneOffset.ofHours(-7),
            "hst", ZoneOffset.ofHours(-10));

    private static final Map<String, String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .collect(Collectors.toUnmodifiableMap(
                    name -> name.toLowerCase(Locale.ROOT), Function.identity(), (first, same) -> first));

    private ZoneText() {}

    /** @throws IllegalArgumentException if the text is not a time zone; the message shows the format */
    public static ZoneId read(String text) {
        ZoneId zone = find(text);
        if (zone == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time zone such as Europe/Berlin, UTC or +05:30");
        }
        return zone;
    }

    /** The zone of the text; null if the text is not a zone. */
    public static @Nullable ZoneId find(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > LONGEST) {
            return null;
        }
        ZoneId abbreviated = SHORT.get(name);
        if (abbreviated != null) {
            return abbreviated;
        }
        String known = NAMES.get(name);
        if (known != null) {
            return ZoneId.of(known);
        }
        return isOffset(name) ? offset(name) : null;
    }

    /** Java parses only possible offsets, because its rejection is slow. */
    private static boolean isOffset(String name) {
        String sign = name.startsWith("utc") || name.startsWith("gmt") ? name.substring(3) : name;
        return name.equals("z") || (!sign.isEmpty() && "+-".indexOf(sign.charAt(0)) >= 0);
    }

    private static @Nullable ZoneId offset(String name) {
        try {
            return ZoneId.of(name.toUpperCase(Locale.ROOT));
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
