// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so long.
 *
 * @param count 1 to 1 000 000
 * @param per a second, a minute or an hour
 */
public record SendRate(int count, Duration per) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})/(s|m|h)");
    private static final Map<String, Duration> UNITS =
            Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

    /** @throws IllegalArgumentException if a value is out of range */
    public SendRate {
        Check.within("a rate", count, 1, 1_000_000);
    }

    /** Fifty a second. */
    public static SendRate usual() {
        return new SendRate(50, Duration.ofSeconds(1));
    }

    /**
     * Reads a text such as {@code 50/s}, {@code 600/m} or {@code 1000/h}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static SendRate read(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a rate such as 50/s, 600/m or 1000/h");
        }
        return new SendRate(
                Integer.parseInt(found.group(1)), UNITS.getOrDefault(found.group(2), Duration.ofSeconds(1)));
    }

    public double perSecond() {
        return count / (double) per.toSeconds();
    }
}
