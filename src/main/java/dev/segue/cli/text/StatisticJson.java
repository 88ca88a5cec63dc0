// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.serde.event.JsonLines;
import dev.segue.statistics.KindColumns;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.WindowCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Formats one window as a line of JSON, with the names of the topic's schema. */
public final class StatisticJson {
    private StatisticJson() {}

    public static String write(Statistic statistic) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", statistic.subject().kind().label());
        values.put("name", statistic.subject().name());
        values.put("window", statistic.size().label());
        values.put("start", Instant.ofEpochMilli(statistic.start()));
        if (statistic.subject().kind() == StatisticKind.SEGMENT) {
            segment(statistic, values);
        } else {
            KindColumns.of(statistic.subject().kind(), statistic.size())
                    .measures()
                    .forEach(measure -> values.put(
                            measure.name().toLowerCase(Locale.ROOT),
                            statistic.counts().shown(measure)));
        }
        return JsonLines.write(values);
    }

    private static void segment(Statistic statistic, Map<String, Object> values) {
        WindowCounts counts = statistic.counts();
        values.put("size", counts.get(Measure.members(statistic.size())));
        values.put("partitions", counts.get(Measure.partitions(statistic.size())));
        values.put("entered", counts.get(Measure.ENTERED));
        values.put("exited", counts.get(Measure.EXITED));
        values.put("adjusted", counts.get(Measure.ADJUSTED));
        counts.medianStay().ifPresent(median -> values.put("median_stay", median));
    }
}
