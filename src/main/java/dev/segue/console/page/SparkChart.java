// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small chart without axes, as lines of an SVG of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param lines the points of each line; there are several where values are missing
 * @param label what it shows, in words
 */
public record SparkChart(List<String> lines, String label) {
    public static final int WIDTH = 120;
    public static final int HEIGHT = 28;
    /** Half the width of the line, so that it is not cut off. */
    private static final double EDGE = 1.5;

    /** @param values null where one is missing */
    static SparkChart of(List<@Nullable Long> values, String label) {
        long most = Math.max(
                1,
                values.stream()
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int points = 0;
        for (int index = 0; index <= values.size(); index++) {
            Long value = index == values.size() ? null : values.get(index);
            if (value != null) {
                double x =
                        EDGE + (WIDTH - 2 * EDGE) * (values.size() == 1 ? 0.5 : (double) index / (values.size() - 1));
                double y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / most;
                line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                points++;
            } else if (points > 0) {
                String text = line.toString().stripTrailing();
                // A line needs two ends; the round cap makes a dot of it.
                lines.add(points == 1 ? text + " " + text : text);
                line.setLength(0);
                points = 0;
            }
        }
        return new SparkChart(List.copyOf(lines), label);
    }
}
