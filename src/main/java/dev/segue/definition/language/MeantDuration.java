// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Suggests a duration for a text that is not one: {@code 1h30m}, {@code 10 minutes}, {@code 6 months}, {@code PT1H}.
 */
final class MeantDuration {
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,6}(?:[.,][0-9]{1,3})?)\\s*([A-Za-z]+)(?:\\s*(?:,|and)?\\s*)");
    private static final BigDecimal SECOND = BigDecimal.valueOf(1000);
    private static final int DAYS_OF_MONTH = 30;
    private static final int DAYS_OF_YEAR = 365;
    private static final Map<String, Integer> SECONDS = Map.ofEntries(
            Map.entry("s", 1),
            Map.entry("sec", 1),
            Map.entry("second", 1),
            Map.entry("m", 60),
            Map.entry("min", 60),
            Map.entry("minute", 60),
            Map.entry("h", 3600),
            Map.entry("hr", 3600),
            Map.entry("hour", 3600),
            Map.entry("d", 86_400),
            Map.entry("day", 86_400),
            Map.entry("w", 604_800),
            Map.entry("wk", 604_800),
            Map.entry("week", 604_800));
    private static final Map<String, Integer> CALENDAR_DAYS = Map.of(
            "mo", DAYS_OF_MONTH,
            "month", DAYS_OF_MONTH,
            "quarter", 3 * DAYS_OF_MONTH,
            "y", DAYS_OF_YEAR,
            "yr", DAYS_OF_YEAR,
            "year", DAYS_OF_YEAR);

    private MeantDuration() {}

    /** Returns a sentence that begins with a space; empty if there is no suggestion. */
    static String hint(String text) {
        String plain = text.strip().replaceFirst("^(?i)(?:an?|one)\\s+", "1 ");
        if (plain.matches("[0-9]{1,6}")) {
            return " The unit is missing: did you mean '" + plain + "d'?";
        }
        if (plain.matches("P(?=[0-9T]).*")) {
            // In an ISO duration, M means months before the T and minutes after it.
            int time = plain.indexOf('T');
            String days = time < 0 ? plain.substring(1) : plain.substring(1, time);
            String rest = time < 0 ? "" : plain.substring(time + 1).toLowerCase(Locale.ROOT);
            plain = days.replace("M", "mo").toLowerCase(Locale.ROOT) + rest;
        } else if (plain.matches("[0-9]{1,6}\\s*M")) {
            return " '" + plain.replaceAll("\\D", "") + "m' would be minutes. " + month(plain.replaceAll("\\D", ""));
        }
        return added(plain);
    }

    private static String month(String number) {
        return about("month", new BigDecimal(number).multiply(BigDecimal.valueOf(DAYS_OF_MONTH)));
    }

    private static String added(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal seconds = BigDecimal.ZERO;
        String calendar = "";
        int end = 0;
        while (part.find() && part.start() == end) {
            String unit = singular(part.group(2).toLowerCase(Locale.ROOT));
            BigDecimal number = new BigDecimal(part.group(1).replace(',', '.'));
            Integer days = CALENDAR_DAYS.get(unit);
            Integer each = days == null ? SECONDS.get(unit) : Integer.valueOf(days * 86_400);
            if (each == null) {
                return "";
            }
            calendar = days == null || !calendar.isEmpty() ? calendar : unit;
            seconds = seconds.add(number.multiply(BigDecimal.valueOf(each)));
            end = part.end();
        }
        if (end == 0 || end != text.length() || seconds.signum() == 0) {
            return "";
        }
        return calendar.isEmpty()
                ? known(seconds)
                : " " + about(calendar, seconds.divideToIntegralValue(BigDecimal.valueOf(86_400)));
    }

    private static String known(BigDecimal seconds) {
        BigDecimal millis = seconds.multiply(SECOND);
        return millis.stripTrailingZeros().scale() > 0
                ? ""
                : Span.of(millis.longValue())
                        .map(meant -> " Did you mean '" + meant.text() + "'?")
                        .orElse(limit());
    }

    /** Returns a sentence on months and years, which have no fixed length. */
    private static String about(String unit, BigDecimal days) {
        String one = unit.startsWith("y")
                ? "A year is about " + DAYS_OF_YEAR + "d"
                : unit.equals("quarter")
                        ? "A quarter is about " + 3 * DAYS_OF_MONTH + "d"
                        : "A month is about " + DAYS_OF_MONTH + "d";
        return days.intValue() > Span.MAX_DAYS ? one + "." + limit() : one + ": write '" + days.toBigInteger() + "d'.";
    }

    private static String limit() {
        return " At most " + Span.MAX_DAYS + "d (five years) is remembered.";
    }

    private static String singular(String unit) {
        return unit.length() > 1 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }
}
