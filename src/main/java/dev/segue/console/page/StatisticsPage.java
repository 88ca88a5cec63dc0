// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.statistics.Course;
import dev.segue.statistics.KindColumns;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Trend;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.value.CountText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What customers do with pages, forms, products or categories.
 *
 * @param all how many subjects have counts
 * @param columns titles of the numbers
 * @param hours of the day, 0 to 23, of pages and their views; empty for others
 */
public record StatisticsPage(
        Topic topic, TimeRange range, String all, List<String> columns, List<Row> rows, List<Hour> hours) {
    private static final int MOST = 100;
    private static final int HOURS = 24;

    /** What statistics are about. */
    public enum Topic {
        PAGES("Pages", StatisticKind.PAGE),
        FORMS("Forms", StatisticKind.FORM),
        PRODUCTS("Products", StatisticKind.PRODUCT),
        CATEGORIES("Categories", StatisticKind.CATEGORY);

        private final String title;
        private final StatisticKind kind;

        Topic(String title, StatisticKind kind) {
            this.title = title;
            this.kind = kind;
        }

        public String title() {
            return title;
        }

        /** The word in addresses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String address(TimeRange range) {
            return "/statistics/" + word() + "?range=" + range.word();
        }
    }

    /**
     * One page, form, product or category.
     *
     * @param values in the order of the columns
     * @param course of the first column
     */
    public record Row(String name, List<String> values, SparkChart course) {}

    /** @param height of its bar, from 0 to 100 */
    public record Hour(int hour, String views, long height) {}

    public static StatisticsPage of(ConsoleData data, Topic topic, TimeRange range) {
        ZoneId zone = data.definitions().zone();
        Instant now = data.now();
        List<Long> starts = range.starts(now, zone);
        KindColumns columns = KindColumns.of(topic.kind, range.size());
        List<Course> courses = new ArrayList<>(Course.of(data.statistics(topic.kind, range.size(), starts.get(0))));
        courses.sort(Comparator.comparingLong((Course course) -> -course.total().get(columns.first()))
                .thenComparing(course -> course.subject().name()));
        double elapsed = elapsed(range, starts.get(starts.size() - 1), now, zone);
        return new StatisticsPage(
                topic,
                range,
                CountText.of(courses.size()),
                titles(columns),
                courses.stream()
                        .limit(MOST)
                        .map(course -> row(course, columns, starts, elapsed))
                        .toList(),
                topic == Topic.PAGES ? hours(data, range, starts.get(0), zone) : List.of());
    }

    private static double elapsed(TimeRange range, long start, Instant now, ZoneId zone) {
        ChronoUnit unit = range.isByHour() ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        long end = Instant.ofEpochMilli(start)
                .atZone(zone)
                .plus(1, unit)
                .toInstant()
                .toEpochMilli();
        return Trend.elapsed(start, end, now.toEpochMilli());
    }

    private static List<String> titles(KindColumns columns) {
        List<String> titles = new ArrayList<>();
        columns.measures().forEach(measure -> titles.add(title(KindColumns.label(measure))));
        if (columns.measures().contains(Measure.BOUNCES)) {
            titles.add("Bounce rate");
        }
        if (columns.trends()) {
            titles.add("Trend");
        }
        return List.copyOf(titles);
    }

    private static String title(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    private static Row row(Course course, KindColumns columns, List<Long> starts, double elapsed) {
        WindowCounts total = course.total();
        List<String> values = new ArrayList<>();
        columns.measures().forEach(measure -> values.add(number(total.shown(measure))));
        if (columns.measures().contains(Measure.BOUNCES)) {
            long landings = total.get(Measure.LANDINGS);
            values.add(landings == 0 ? "–" : CountText.percent((double) total.get(Measure.BOUNCES) / landings));
        }
        List<Long> counts = course.values(columns.first(), starts).stream()
                .map(count -> Objects.requireNonNullElse(count, 0L))
                .toList();
        if (columns.trends()) {
            OptionalDouble trend = Trend.of(counts, elapsed);
            values.add(trend.isPresent() ? String.format(Locale.ROOT, "×%.1f", trend.getAsDouble()) : "–");
        }
        String label =
                KindColumns.label(columns.first()) + " of " + course.subject().name() + " over time";
        return new Row(course.subject().name(), values, SparkChart.of(List.copyOf(counts), label));
    }

    private static String number(BigDecimal number) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(number.setScale(3, RoundingMode.HALF_UP));
    }

    /** Adds up the views of all pages by the hour of the shop's clock. */
    private static List<Hour> hours(ConsoleData data, TimeRange range, long from, ZoneId zone) {
        long[] views = new long[HOURS];
        long first = range.isByHour()
                ? from
                : TimeRange.WEEK.starts(data.now(), zone).get(0);
        for (Statistic statistic : data.statistics(StatisticKind.PAGE, WindowSize.HOUR, first)) {
            int hour = Instant.ofEpochMilli(statistic.start()).atZone(zone).getHour();
            views[hour] += statistic.counts().get(Measure.VIEWS);
        }
        long most =
                IntStream.range(0, HOURS).mapToLong(hour -> views[hour]).max().orElse(0);
        return most == 0
                ? List.of()
                : IntStream.range(0, HOURS)
                        .mapToObj(hour -> new Hour(hour, CountText.of(views[hour]), 100 * views[hour] / most))
                        .toList();
    }

    /** Which days the hours are of, as words. */
    public String hoursOf() {
        return range.isByHour() ? "the last " + range.label() : "the last " + TimeRange.WEEK.label();
    }
}
