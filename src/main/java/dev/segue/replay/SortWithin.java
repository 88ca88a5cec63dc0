// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.value.DurationText;
import java.time.Duration;

/**
 * How far behind a later event an event of one file may be and still be sorted into place.
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
        return new SortWithin(DurationText.read(text).toMillis(), wholeFile().bytes());
    }

    /** The limit for each of several files that are read at once. */
    SortWithin share(int files) {
        return new SortWithin(millis, bytes / files);
    }

    /** The time as messages show it. */
    String shown() {
        return DurationText.write(Duration.ofMillis(millis));
    }
}
