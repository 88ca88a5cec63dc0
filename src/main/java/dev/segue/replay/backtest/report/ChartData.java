// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.SegmentReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The data of the page's charts, as JSON: the days {@code x}, as seconds since the epoch, and one series of values per
 * line.
 */
final class ChartData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChartData() {}

    static String members(SegmentReport segment, BacktestReport report) {
        List<DayPair> days = DayPair.of(segment);
        ObjectNode chart = JSON.createObjectNode().put("kind", "steps");
        ArrayNode x = chart.putArray("x");
        ArrayNode before = series(chart, "old");
        ArrayNode after = series(chart, "new");
        if (days.isEmpty()) {
            return chart.toString();
        }
        x.add(seconds(days.get(0).date().minusDays(1)));
        before.add(segment.old().membersAtStart());
        after.add(segment.changed().membersAtStart());
        for (DayPair day : days) {
            x.add(seconds(day.date()));
            before.add(day.before().members());
            after.add(day.after().members());
        }
        LocalDate end = Instant.ofEpochMilli(report.to()).atZone(report.zone()).toLocalDate();
        if (end.isAfter(days.get(days.size() - 1).date())) {
            x.add(seconds(end));
            before.add(segment.old().members());
            after.add(segment.changed().members());
        }
        return chart.toString();
    }

    static String movements(SegmentReport segment) {
        List<DayPair> days = DayPair.of(segment);
        ObjectNode chart = JSON.createObjectNode().put("kind", "points");
        ArrayNode x = chart.putArray("x");
        days.forEach(day -> x.add(seconds(day.date())));
        series(chart, "entered, old", days, day -> day.before().entered());
        series(chart, "entered, new", days, day -> day.after().entered());
        series(chart, "exited, old", days, day -> day.before().exited());
        series(chart, "exited, new", days, day -> day.after().exited());
        return chart.toString();
    }

    private static void series(ObjectNode chart, String label, List<DayPair> days, ToLongFunction<DayPair> value) {
        ArrayNode values = series(chart, label);
        days.forEach(day -> values.add(value.applyAsLong(day)));
    }

    private static ArrayNode series(ObjectNode chart, String label) {
        return chart.withArray("series").addObject().put("label", label).putArray("values");
    }

    /** Charts show days, so the time zone is left to the page, which uses UTC throughout. */
    private static long seconds(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
