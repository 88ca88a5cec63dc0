// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far behind a later event an event of one file may stand and still be sorted into place.
 *
 * @param millis the largest difference in time; 0 leaves a file in its own order, {@link Long#MAX_VALUE} sorts the
 *     whole file
 * @param bytes approximate heap for held events; beyond it, the earliest held event is released
 */
public record SortWithin(long millis, long bytes) {
    /** The default bound: 256 MiB. */
    public static final long HEAP = 256L << 20;

    /** Leaves every file in its own order. */
    public static final SortWithin NOTHING = new SortWithin(0, HEAP);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    /** Sorts whole files, within 256 MiB or a third of the JVM's heap, whichever is less. */
    public static SortWithin wholeFile() {
        return new SortWithin(
                Long.MAX_VALUE, Math.min(HEAP, Runtime.getRuntime().maxMemory() / 3));
    }

    /**
     * Parses {@code 10m}, {@code 2h}, {@code 7d}, {@code 0s}.
     *
     * @throws IllegalArgumentException if the text is not such a duration
     */
    public static SortWithin parse(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration such as 10m, 2h or 7d; 0s leaves files" + " in their own order");
        }
        long millis = Long.parseLong(duration.group(1)) * UNIT_MILLIS.getOrDefault(duration.group(2), 1L);
        return new SortWithin(millis, wholeFile().bytes());
    }

    /** The limit for each of several files that are read at once. */
    SortWithin share(int files) {
        return new SortWithin(millis, bytes / files);
    }

    /** The time as messages show it. */
    String shown() {
        return Duration.ofMillis(millis).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
