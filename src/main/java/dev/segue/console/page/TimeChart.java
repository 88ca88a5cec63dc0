// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.segue.serde.event.JsonLines;
import dev.segue.value.CountText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart over time, with the table behind it.
 *
 * @param id of its element
 * @param title what it shows
 * @param unit of its values
 * @param json for the script that draws it
 * @param columns titles of the values
 * @param rows the latest window first
 */
public record TimeChart(String id, String title, String unit, String json, List<String> columns, List<Row> rows) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final long MILLIS = 1000;

    /** One window. */
    public record Row(String start, List<String> values) {}

    /** How values are drawn. */
    enum Kind {
        LINE,
        BARS
    }

    /**
     * One line, or the bars of one colour.
     *
     * @param colour the name of a colour of the style sheet
     * @param values one for each window; null if there is none
     */
    record Series(String label, String colour, List<@Nullable Long> values) {}

    /** Returns whether there is anything to draw. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    static TimeChart of(
            String id,
            String title,
            String unit,
            Kind kind,
            TimeRange range,
            ZoneId zone,
            List<Long> starts,
            List<Series> series) {
        boolean any = series.stream().flatMap(one -> one.values().stream()).anyMatch(Objects::nonNull);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("unit", unit);
        json.put("zone", zone.getId());
        json.put("hours", range.isByHour());
        json.put("x", starts.stream().map(start -> start / MILLIS).toList());
        json.put("series", series.stream().map(TimeChart::json).toList());
        return new TimeChart(
                id,
                title,
                unit,
                text(json),
                series.stream().map(Series::label).toList(),
                any ? rows(range, zone, starts, series) : List.of());
    }

    private static String text(Map<String, Object> json) {
        try {
            return JsonLines.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers and names cannot be written as JSON", impossible);
        }
    }

    private static Map<String, Object> json(Series series) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", series.label());
        json.put("colour", series.colour());
        json.put("values", series.values());
        return json;
    }

    private static List<Row> rows(TimeRange range, ZoneId zone, List<Long> starts, List<Series> series) {
        List<Row> rows = new ArrayList<>();
        for (int index = starts.size() - 1; index >= 0; index--) {
            int window = index;
            List<@Nullable Long> values =
                    series.stream().map(one -> one.values().get(window)).toList();
            if (values.stream().anyMatch(Objects::nonNull)) {
                DateTimeFormatter format = range.isByHour() ? HOUR : DAY;
                rows.add(new Row(
                        format.format(Instant.ofEpochMilli(starts.get(index)).atZone(zone)),
                        values.stream()
                                .map(value -> value == null ? "–" : CountText.of(value))
                                .toList()));
            }
        }
        return List.copyOf(rows);
    }
}
