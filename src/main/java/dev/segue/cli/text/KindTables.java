// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.statistics.Course;
import dev.segue.statistics.Measure;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Trend;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The columns of a kind of subject other than segments and triggers.
 *
 * @param title of the first column
 * @param measures of the columns; the first one decides the order and is charted
 * @param trends whether there is a trend of the first measure
 */
public record KindTables(String title, List<Measure> measures, boolean trends) {
    /** @throws IllegalArgumentException for segments and triggers */
    public static KindTables of(StatisticKind kind, WindowSize size) {
        return switch (kind) {
            case PAGE ->
                new KindTables(
                        "page",
                        List.of(
                                Measure.VIEWS,
                                Measure.VISITORS,
                                Measure.EXITS,
                                Measure.LANDINGS,
                                Measure.BOUNCES,
                                Measure.LANDING_ORDERS),
                        false);
            case FORM -> new KindTables("form", List.of(Measure.STARTED, Measure.SUBMITTED, Measure.ABANDONED), false);
            case PRODUCT -> new KindTables("product", products(), size == WindowSize.DAY);
            case CATEGORY -> new KindTables("category", products(), size == WindowSize.DAY);
            case SEGMENT, TRIGGER -> throw new IllegalArgumentException(kind.label() + "s have columns of their own");
        };
    }

    private static List<Measure> products() {
        return List.of(Measure.VIEWED, Measure.ADDED, Measure.ORDERED, Measure.ORDERS, Measure.RETURNED);
    }

    Measure first() {
        return measures.get(0);
    }

    List<String> header() {
        List<String> header = new ArrayList<>(List.of(title));
        measures.forEach(measure -> header.add(label(measure)));
        if (trends) {
            header.add("trend");
        }
        header.add(label(first()) + " over time");
        return header;
    }

    private static String label(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * @param starts when windows begin, ascending
     * @param elapsed the share of the last window that is over
     */
    List<String> row(Course course, List<Long> starts, double elapsed) {
        WindowCounts total = course.total();
        List<String> row = new ArrayList<>(List.of(course.subject().name()));
        measures.forEach(measure -> row.add(StatisticsTable.number(total.shown(measure))));
        List<Long> counts = course.values(first(), starts).stream()
                .map(count -> Objects.requireNonNullElse(count, 0L))
                .toList();
        if (trends) {
            OptionalDouble trend = Trend.of(counts, elapsed);
            row.add(trend.isPresent() ? String.format(Locale.ROOT, "x%.1f", trend.getAsDouble()) : "-");
        }
        row.add(Sparkline.of(List.copyOf(counts)));
        return row;
    }
}
