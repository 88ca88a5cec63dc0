// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.statistics.Course;
import dev.segue.statistics.KindColumns;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Trend;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** Writes the columns of a kind of subject other than segments and triggers. */
public record KindTables(KindColumns columns) {
    /** @throws IllegalArgumentException for segments and triggers */
    public static KindTables of(StatisticKind kind, WindowSize size) {
        return new KindTables(KindColumns.of(kind, size));
    }

    List<String> header() {
        List<String> header = new ArrayList<>(List.of(columns.title()));
        columns.measures().forEach(measure -> header.add(KindColumns.label(measure)));
        if (columns.trends()) {
            header.add("trend");
        }
        header.add(KindColumns.label(columns.first()) + " over time");
        return header;
    }

    /**
     * @param starts when windows begin, ascending
     * @param elapsed the share of the last window that is over
     */
    List<String> row(Course course, List<Long> starts, double elapsed) {
        WindowCounts total = course.total();
        List<String> row = new ArrayList<>(List.of(course.subject().name()));
        columns.measures().forEach(measure -> row.add(StatisticsTable.number(total.shown(measure))));
        List<Long> counts = course.values(columns.first(), starts).stream()
                .map(count -> Objects.requireNonNullElse(count, 0L))
                .toList();
        if (columns.trends()) {
            OptionalDouble trend = Trend.of(counts, elapsed);
            row.add(trend.isPresent() ? String.format(Locale.ROOT, "x%.1f", trend.getAsDouble()) : "-");
        }
        row.add(Sparkline.of(List.copyOf(counts)));
        return row;
    }
}
