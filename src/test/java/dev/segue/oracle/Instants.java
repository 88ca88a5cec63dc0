package dev.segue.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instants at which anything could change, found by brute force: far more than those at which something does. */
final class Instants {
    private static final Pattern DURATION = Pattern.compile("'([1-9][0-9]*)([smhdw])'");

    private Instants() {}

    /** Milliseconds of {@code 30s 15m 1h 7d 2w}. */
    static long millis(String duration) {
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

    /** Every quoted duration of a text. */
    static List<Long> durations(String text) {
        List<Long> found = new ArrayList<>();
        Matcher matcher = DURATION.matcher(text);
        while (matcher.find()) {
            found.add(millis(matcher.group(1) + matcher.group(2)));
        }
        return found;
    }

    /** Every event's time plus every duration, after one instant and up to another. */
    static SortedSet<Long> between(long after, long upTo, Collection<Long> eventTimes, Collection<Long> durations) {
        SortedSet<Long> instants = new TreeSet<>();
        for (long time : eventTimes) {
            for (long duration : durations) {
                long instant = time + duration;
                if (instant > after && instant <= upTo) {
                    instants.add(instant);
                }
            }
        }
        return instants;
    }
}
