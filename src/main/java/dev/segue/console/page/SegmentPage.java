// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.DefinitionSource;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One segment, choice of a group, trait, or a whole group, of which there is less to show.
 *
 * @param definition the definition's name, which differs from the name for a choice
 * @param file where the definition was written
 * @param source its text, in pieces
 * @param choices the bar of a group; null for others
 * @param values of a trait; null for others
 * @param facts null for a group as a whole
 */
public record SegmentPage(
        String name,
        String address,
        String kind,
        String definition,
        String describes,
        String owner,
        List<String> tags,
        String file,
        List<SourceToken> source,
        List<ExplainedBlock> explanation,
        @Nullable GroupBar choices,
        @Nullable TraitValues values,
        @Nullable Facts facts,
        List<VersionRow> versions,
        List<TriggerRow> triggers) {

    /** What is known of the members. */
    public record Facts(
            KeyFacts key,
            TimeChart sizes,
            TimeChart flows,
            OverlapPart overlap,
            List<ChangeRow> changes,
            MembersPart members) {}

    private static final int CHANGES = 20;

    /**
     * @param name of a segment, a group or a trait
     * @param after the first member is the one after this id; empty for the first of all
     * @return empty if there is none of this name
     */
    public static Optional<SegmentPage> of(ConsoleData data, String name, TimeRange range, String after) {
        LiveDefinitions live = data.definitions();
        return live.named(name)
                .filter(definition -> !definition.isAboutSending())
                .map(definition -> of(data, live, definition, name, range, after));
    }

    private static SegmentPage of(
            ConsoleData data, LiveDefinitions live, Definition definition, String name, TimeRange range, String after) {
        Optional<DefinitionSource> source = live.latest().stream()
                .flatMap(set -> set.sources().stream())
                .filter(each -> each.name().equals(definition.name()))
                .findFirst();
        boolean isSegment = definition.segments().contains(name);
        long month = TimeRange.MONTH.starts(data.now(), live.zone()).get(0);
        return new SegmentPage(
                name,
                Address.segment(name),
                definition.kind(),
                definition.name(),
                definition.describes(),
                definition.owner(),
                definition.tags(),
                source.map(DefinitionSource::file).orElse(""),
                SourceToken.of(source.map(DefinitionSource::text).orElse("").strip()),
                ExplainedBlock.of(definition, live.plan().get()),
                definition.rule() instanceof DefinitionRule.Group ? GroupBar.of(definition, data) : null,
                definition.rule() instanceof DefinitionRule.Trait ? TraitValues.of(definition, data) : null,
                isSegment ? facts(data, live, definition, name, range, after) : null,
                VersionRow.of(definition.name(), live.sets(), data.now(), live.zone()),
                triggers(data, live, name, month));
    }

    private static List<TriggerRow> triggers(ConsoleData data, LiveDefinitions live, String name, long from) {
        return live.definitions().stream()
                .filter(each -> each.rule() instanceof DefinitionRule.Trigger trigger
                        && trigger.segment().equals(name))
                .map(each -> TriggerRow.of(each, (DefinitionRule.Trigger) each.rule(), data, from))
                .toList();
    }

    private static Facts facts(
            ConsoleData data, LiveDefinitions live, Definition definition, String name, TimeRange range, String after) {
        Instant now = data.now();
        ZoneId zone = live.zone();
        List<Long> starts = range.starts(now, zone);
        NavigableMap<Long, WindowCounts> windows = data.windows(Subject.segment(name), range.size(), starts.get(0));
        Set<String> exclusive = new HashSet<>(definition.segments());
        return new Facts(
                KeyFacts.of(data, name, range),
                sizes(range, zone, starts, windows, data.members(name)),
                flows(range, zone, starts, windows),
                OverlapPart.of(name, exclusive, data),
                data.changes(name, CHANGES).stream()
                        .map(change -> ChangeRow.of(change, now, zone))
                        .toList(),
                MembersPart.of(name, after, range, data, zone));
    }

    private static TimeChart sizes(
            TimeRange range, ZoneId zone, List<Long> starts, NavigableMap<Long, WindowCounts> windows, long size) {
        return TimeChart.of(
                "chart-size",
                "Members",
                "customers",
                TimeChart.Kind.LINE,
                range,
                zone,
                starts,
                List.of(new TimeChart.Series("Members", "c1", SizeCourse.of(windows, range.size(), starts, size))));
    }

    private static TimeChart flows(
            TimeRange range, ZoneId zone, List<Long> starts, NavigableMap<Long, WindowCounts> windows) {
        return TimeChart.of(
                "chart-flow",
                "Entered and exited",
                range.isByHour() ? "customers an hour" : "customers a day",
                TimeChart.Kind.BARS,
                range,
                zone,
                starts,
                List.of(
                        new TimeChart.Series("Entered", "c3", SizeCourse.of(windows, Measure.ENTERED, starts)),
                        new TimeChart.Series("Exited", "c6", SizeCourse.of(windows, Measure.EXITED, starts))));
    }
}
