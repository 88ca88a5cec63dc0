// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.DayReport;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data of the page's charts, as JSON: the days {@code x} with a change, as seconds since the epoch, and one series of
 * values per set that has the segment.
 */
final class ChartData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChartData() {}

    /** The members at the end of each day, and at both ends of the window. */
    static String members(SegmentReport segment, BacktestReport report) {
        List<DayPair> days = DayPair.of(segment);
        ObjectNode chart = JSON.createObjectNode().put("kind", "steps");
        ArrayNode x = chart.putArray("x");
        if (days.isEmpty()) {
            return chart.toString();
        }
        x.add(seconds(days.get(0).date().minusDays(1)));
        days.forEach(day -> x.add(seconds(day.date())));
        LocalDate end = Instant.ofEpochMilli(report.to()).atZone(report.zone()).toLocalDate();
        boolean endsLater = end.isAfter(days.get(days.size() - 1).date());
        if (endsLater) {
            x.add(seconds(end));
        }
        addMembers(chart, "old", segment.before(), days, DayPair::before, endsLater);
        addMembers(chart, "new", segment.after(), days, DayPair::after, endsLater);
        return chart.toString();
    }

    private static void addMembers(
            ObjectNode chart,
            String label,
            @Nullable SideReport side,
            List<DayPair> days,
            Function<DayPair, DayReport> ofSide,
            boolean endsLater) {
        if (side != null) {
            ArrayNode values = series(chart, label).add(side.membersAtStart());
            days.forEach(day -> values.add(ofSide.apply(day).members()));
            if (endsLater) {
                values.add(side.members());
            }
        }
    }

    /**
     * The entries or exits of each day with a change; the page shows 0 for the days between.
     *
     * @param count of a day
     */
    static String movements(SegmentReport segment, ToLongFunction<DayReport> count) {
        List<DayPair> days = DayPair.of(segment);
        ObjectNode chart = JSON.createObjectNode().put("kind", "counts");
        ArrayNode x = chart.putArray("x");
        days.forEach(day -> x.add(seconds(day.date())));
        if (segment.before() != null) {
            ArrayNode values = series(chart, "old");
            days.forEach(day -> values.add(count.applyAsLong(day.before())));
        }
        if (segment.after() != null) {
            ArrayNode values = series(chart, "new");
            days.forEach(day -> values.add(count.applyAsLong(day.after())));
        }
        return chart.toString();
    }

    private static ArrayNode series(ObjectNode chart, String label) {
        return chart.withArray("series").addObject().put("label", label).putArray("values");
    }

    /** Charts show days, so the time zone is left to the page, which uses UTC throughout. */
    private static long seconds(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
