// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats values and instants for people. */
public final class ValueText {
    private static final int SHOWN = 10;
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ValueText() {}

    public static String instant(long millis) {
        return INSTANT.format(Instant.ofEpochMilli(millis));
    }

    /** Formats a value of the language; of long lists, the first few elements. */
    public static String of(Object value) {
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof Instant instant) {
            return instant(instant.toEpochMilli());
        }
        if (value instanceof Collection<?> list) {
            String more = list.size() > SHOWN ? ", ... (" + list.size() + " in all)" : "";
            return list.stream().limit(SHOWN).map(ValueText::of).collect(Collectors.joining(", ", "[", more + "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return String.valueOf(value);
    }

    /** {@code 1} is "the latest", {@code 2} "the 2nd latest". */
    public static String ranked(long rank, String superlative) {
        if (rank == 1) {
            return "the " + superlative;
        }
        long tens = rank % 100;
        String ending = tens > 10 && tens < 14
                ? "th"
                : switch ((int) (rank % 10)) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return "the " + rank + ending + " " + superlative;
    }
}
