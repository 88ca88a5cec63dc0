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
 * Time zones as people spell them, in settings and in events: a name of the IANA data base such as {@code Europe/Berlin}
 * or {@code EST}, or an offset such as {@code +05:30}, {@code GMT+2} or {@code UTC-03:00}. Space around it and capitals do
 * not matter. Abbreviations that are no names of the data base, such as {@code PST} or {@code IST}, mean several zones
 * and are none.
 */
public final class ZoneText {
    /** Longer than any name; what is longer is not looked at. */
    private static final int LONGEST = 64;

    /** Names of the data base that Java knew only as old abbreviations before its release 24. */
    private static final Map<String, ZoneId> SHORT = Map.of(
            "est", ZoneOffset.ofHours(-5),
            "mst", ZoneOffset.ofHours(-7),
            "hst", ZoneOffset.ofHours(-10));

    private static final Map<String, String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .collect(Collectors.toUnmodifiableMap(
                    name -> name.toLowerCase(Locale.ROOT), Function.identity(), (first, same) -> first));

    private ZoneText() {}

    /** @throws IllegalArgumentException saying how a time zone is spelt */
    public static ZoneId read(String text) {
        ZoneId zone = find(text);
        if (zone == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time zone such as Europe/Berlin, UTC or +05:30");
        }
        return zone;
    }

    /** The zone that the text names; null where it names none. */
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

    /** Only what may be an offset is put to Java, whose refusal is slow. */
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
