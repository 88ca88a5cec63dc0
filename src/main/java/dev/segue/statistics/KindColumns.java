// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.List;
import java.util.Locale;

/**
 * What tables show of a kind of subject other than segments and triggers.
 *
 * @param title of the first column
 * @param measures of the other columns; the first one decides the order and is charted
 * @param trends whether there is a trend of the first measure
 */
public record KindColumns(String title, List<Measure> measures, boolean trends) {
    /** @throws IllegalArgumentException for segments and triggers */
    public static KindColumns of(StatisticKind kind, WindowSize size) {
        return switch (kind) {
            case PAGE ->
                new KindColumns(
                        "page",
                        List.of(
                                Measure.VIEWS,
                                Measure.VISITORS,
                                Measure.EXITS,
                                Measure.LANDINGS,
                                Measure.BOUNCES,
                                Measure.LANDING_ORDERS),
                        false);
            case FORM -> new KindColumns("form", List.of(Measure.STARTED, Measure.SUBMITTED, Measure.ABANDONED), false);
            case PRODUCT -> new KindColumns("product", products(), size == WindowSize.DAY);
            case CATEGORY -> new KindColumns("category", products(), size == WindowSize.DAY);
            case SEGMENT, TRIGGER -> throw new IllegalArgumentException(kind.label() + "s have columns of their own");
        };
    }

    private static List<Measure> products() {
        return List.of(Measure.VIEWED, Measure.ADDED, Measure.ORDERED, Measure.ORDERS, Measure.RETURNED);
    }

    public Measure first() {
        return measures.get(0);
    }

    /** Returns the title of a measure's column. */
    public static String label(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
