// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import java.math.BigDecimal;
import java.time.Duration;
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
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000);
    private static final int DAYS_OF_MONTH = 30;
    private static final BigDecimal MONTH = BigDecimal.valueOf(DAYS_OF_MONTH);
    private static final int DAYS_OF_YEAR = 365;
    private static final Map<String, Integer> MILLIS = Map.ofEntries(
            Map.entry("ms", 1),
            Map.entry("msec", 1),
            Map.entry("milli", 1),
            Map.entry("millisecond", 1),
            Map.entry("s", 1000),
            Map.entry("sec", 1000),
            Map.entry("second", 1000),
            Map.entry("m", 60_000),
            Map.entry("min", 60_000),
            Map.entry("minute", 60_000),
            Map.entry("h", 3_600_000),
            Map.entry("hr", 3_600_000),
            Map.entry("hour", 3_600_000),
            Map.entry("d", 86_400_000),
            Map.entry("day", 86_400_000),
            Map.entry("w", 604_800_000),
            Map.entry("wk", 604_800_000),
            Map.entry("week", 604_800_000));
    private static final Map<String, Integer> CALENDAR_DAYS = Map.of(
            "mo", DAYS_OF_MONTH,
            "month", DAYS_OF_MONTH,
            "quarter", 3 * DAYS_OF_MONTH,
            "y", DAYS_OF_YEAR,
            "yr", DAYS_OF_YEAR,
            "year", DAYS_OF_YEAR);

    private MeantDuration() {}

    /** Returns a sentence that begins with a space; empty if there is no suggestion. */
    static String hint(String text, Duration longest) {
        String plain = text.strip().replaceFirst("^(?i)(?:an?|one)\\s+", "1 ");
        if (plain.matches("[0-9]{1,6}")) {
            return " The unit is missing: write '" + plain + "m' for minutes or '" + plain + "d' for days.";
        }
        if (plain.matches("P(?=[0-9T]).*")) {
            // In an ISO duration, M means months before the T and minutes after it.
            int time = plain.indexOf('T');
            String days = time < 0 ? plain.substring(1) : plain.substring(1, time);
            String rest = time < 0 ? "" : plain.substring(time + 1).toLowerCase(Locale.ROOT);
            plain = days.replace("M", "mo").toLowerCase(Locale.ROOT) + rest;
        } else if (plain.matches("[0-9]{1,6}\\s*M")) {
            return " '" + plain.replaceAll("\\D", "") + "m' would be minutes. "
                    + about("month", new BigDecimal(plain.replaceAll("\\D", "")).multiply(MONTH), longest);
        }
        return added(plain, longest);
    }

    private static String added(String text, Duration longest) {
        Matcher part = PART.matcher(text);
        BigDecimal millis = BigDecimal.ZERO;
        String calendar = "";
        int end = 0;
        while (part.find() && part.start() == end) {
            String unit = singular(part.group(2).toLowerCase(Locale.ROOT));
            BigDecimal number = new BigDecimal(part.group(1).replace(',', '.'));
            Integer days = CALENDAR_DAYS.get(unit);
            BigDecimal each = days == null
                    ? BigDecimal.valueOf(MILLIS.getOrDefault(unit, 0))
                    : DAY.multiply(BigDecimal.valueOf(days));
            if (each.signum() == 0) {
                return "";
            }
            calendar = days == null || !calendar.isEmpty() ? calendar : unit;
            millis = millis.add(number.multiply(each));
            end = part.end();
        }
        if (end == 0 || end != text.length() || millis.signum() == 0) {
            return "";
        }
        return calendar.isEmpty()
                ? known(millis, longest)
                : " " + about(calendar, millis.divideToIntegralValue(DAY), longest);
    }

    private static String known(BigDecimal millis, Duration longest) {
        if (millis.stripTrailingZeros().scale() > 0) {
            return "";
        }
        return millis.compareTo(BigDecimal.valueOf(longest.toMillis())) > 0
                ? DurationText.limit(longest)
                : " Did you mean '" + DurationText.write(Duration.ofMillis(millis.longValueExact())) + "'?";
    }

    /** Returns a sentence on months and years, which have no fixed length. */
    private static String about(String unit, BigDecimal days, Duration longest) {
        String one = unit.startsWith("y")
                ? "A year is about " + DAYS_OF_YEAR + "d"
                : unit.equals("quarter")
                        ? "A quarter is about " + 3 * DAYS_OF_MONTH + "d"
                        : "A month is about " + DAYS_OF_MONTH + "d";
        return days.compareTo(BigDecimal.valueOf(longest.toDays())) > 0
                ? one + "." + DurationText.limit(longest)
                : one + ": write '" + days.toBigInteger() + "d'.";
    }

    private static String singular(String unit) {
        return unit.length() > 2 && unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    }
}
