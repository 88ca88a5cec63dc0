// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes by brute force all instants at which a result could change: far more than those at which one does.
 *
 * @param durations milliseconds of every duration that occurs in any definition
 * @param haveCalendar whether any definition depends on dates
 */
record Instants(List<Long> durations, boolean haveCalendar) {
    private static final Pattern DURATION = Pattern.compile("'([1-9][0-9]*)(ms|[smhdw])'");

    /** Parses {@code 250ms 30s 15m 1h 7d 2w} to milliseconds. */
    static long millis(String duration) {
        if (duration.endsWith("ms")) {
            return Long.parseLong(duration.substring(0, duration.length() - 2));
        }
        long number = Long.parseLong(duration.substring(0, duration.length() - 1));
        return 1000
                * number
                * switch (duration.charAt(duration.length() - 1)) {
                    case 's' -> 1;
                    case 'm' -> 60;
                    case 'h' -> 3600;
                    case 'd' -> 86_400;
                    case 'w' -> 7 * 86_400;
                    default -> throw new IllegalArgumentException(duration);
                };
    }

    /** Parses {@code 1h30m} or {@code 1w12h}. */
    static Duration duration(String text) {
        return Pattern.compile("[0-9]+(ms|[smhdw])")
                .matcher(text)
                .results()
                .map(part -> Duration.ofMillis(millis(part.group())))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Every quoted duration in a text. */
    static List<Long> durations(String text) {
        List<Long> found = new ArrayList<>();
        Matcher matcher = DURATION.matcher(text);
        while (matcher.find()) {
            found.add(millis(matcher.group(1) + matcher.group(2)));
        }
        return found;
    }

    static Instants of(List<OracleDefinition> definitions) {
        List<Long> durations = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        definitions.forEach(definition -> definition.texts().forEach(text -> {
            durations.addAll(durations(text));
            all.append(text);
        }));
        boolean calendar = all.indexOf("upcoming(") >= 0 || all.indexOf("yearly(") >= 0;
        return new Instants(durations, calendar);
    }

    /** Every event's time plus every duration and, for calendar functions, every midnight of every zone. */
    NavigableSet<Long> between(long after, long upTo, OracleCustomer customer) {
        NavigableSet<Long> instants = new TreeSet<>();
        for (Event event : customer.history()) {
            for (long duration : durations) {
                instants.add(event.time() + duration);
            }
        }
        if (haveCalendar) {
            customer.zones().forEach(zone -> instants.addAll(midnights(after, upTo, zone)));
        }
        return new TreeSet<>(instants.subSet(after + 1, upTo + 1));
    }

    private static List<Long> midnights(long after, long upTo, ZoneId zone) {
        List<Long> midnights = new ArrayList<>();
        LocalDate last = LocalDate.ofInstant(Instant.ofEpochMilli(upTo), zone);
        for (LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(after), zone);
                !day.isAfter(last);
                day = day.plusDays(1)) {
            midnights.add(day.atStartOfDay(zone).toInstant().toEpochMilli());
        }
        return midnights;
    }
}
