// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chart of one line of text: a bar for each number, the largest as high as the line. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** @param values not negative; null is a gap */
    static String of(List<@Nullable Long> values) {
        long most = values.stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        StringBuilder line = new StringBuilder();
        for (Long value : values) {
            line.append(value == null ? ' ' : bar(value, most));
        }
        return line.toString();
    }

    /** Only 0 has the lowest bar, and only the largest number the highest. */
    private static char bar(long value, long most) {
        int highest = BARS.length() - 1;
        if (value <= 0) {
            return BARS.charAt(0);
        }
        return BARS.charAt(value == most ? highest : 1 + (int) ((double) value / most * (highest - 1)));
    }
}
