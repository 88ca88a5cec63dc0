// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.DefinitionSource;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One trigger: what it says, what it decided and why, and what it earned.
 *
 * @param segment whose change begins it
 * @param file where it was written
 * @param source its text, in pieces
 */
public record TriggerPage(
        String name,
        String address,
        String describes,
        TimeRange range,
        TriggerRow row,
        String segment,
        String segmentAddress,
        FunnelPart funnel,
        TimeChart sent,
        List<TrailRow> latest,
        String file,
        List<SourceToken> source,
        List<ExplainedBlock> explanation,
        List<VersionRow> versions) {
    private static final int LATEST = 20;

    /** @return empty if there is no such trigger */
    public static Optional<TriggerPage> of(ConsoleData data, String name, TimeRange range) {
        LiveDefinitions live = data.definitions();
        return live.named(name)
                .filter(definition -> definition.rule() instanceof DefinitionRule.Trigger)
                .map(definition -> of(data, live, definition, range));
    }

    private static TriggerPage of(ConsoleData data, LiveDefinitions live, Definition definition, TimeRange range) {
        DefinitionRule.Trigger trigger = (DefinitionRule.Trigger) definition.rule();
        Instant now = data.now();
        ZoneId zone = live.zone();
        List<Long> starts = range.starts(now, zone);
        NavigableMap<Long, WindowCounts> windows =
                data.windows(new Subject(StatisticKind.TRIGGER, definition.name()), range.size(), starts.get(0));
        WindowCounts total = new WindowCounts();
        windows.values().forEach(total::add);
        Optional<DefinitionSource> source = live.latest().stream()
                .flatMap(set -> set.sources().stream())
                .filter(each -> each.name().equals(definition.name()))
                .findFirst();
        return new TriggerPage(
                definition.name(),
                Address.trigger(definition.name()),
                definition.describes(),
                range,
                TriggerRow.of(definition, trigger, total, data),
                trigger.segment(),
                Address.segment(trigger.segment()),
                FunnelPart.of(total),
                sent(range, zone, starts, windows),
                TrailRow.ofDecisions(data.decisions(definition.name(), LATEST), now, zone),
                source.map(DefinitionSource::file).orElse(""),
                SourceToken.of(source.map(DefinitionSource::text).orElse("").strip()),
                ExplainedBlock.of(definition, live.plan().get()),
                VersionRow.of(definition.name(), live.sets(), now, zone));
    }

    private static TimeChart sent(
            TimeRange range, ZoneId zone, List<Long> starts, NavigableMap<Long, WindowCounts> windows) {
        return TimeChart.of(
                "chart-sent",
                "Sent and goals reached",
                range.isByHour() ? "an hour" : "a day",
                TimeChart.Kind.BARS,
                range,
                zone,
                starts,
                List.of(
                        new TimeChart.Series("Sent", "c1", SizeCourse.of(windows, OutcomeCounts.of(Kind.SEND), starts)),
                        new TimeChart.Series(
                                "Goal", "c3", SizeCourse.of(windows, OutcomeCounts.of(Kind.GOAL), starts))));
    }
}
