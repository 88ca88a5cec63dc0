// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.audience.WidthRule;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.statistics.Course;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.WindowSize;
import dev.segue.value.CountText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All segments at a glance.
 *
 * @param rows those that the query wants, in its order
 * @param all how many there are without the query
 * @param tags all tags, in order
 * @param customers how many customers are in any segment
 * @param revision of the published definitions; 0 if there are none
 */
public record SegmentsPage(
        SegmentsQuery query,
        List<SegmentRow> rows,
        int all,
        List<String> tags,
        List<GroupBar> groups,
        List<TraitValues> traits,
        String customers,
        long revision,
        @Nullable String complaint) {

    /** Returns whether there is any definition at all. */
    public boolean isEmpty() {
        return all == 0;
    }

    public static SegmentsPage of(ConsoleData data, SegmentsQuery query) {
        LiveDefinitions live = data.definitions();
        List<SegmentRow> all = rows(data, live);
        List<SegmentRow> shown = all.stream()
                .filter(row -> matches(row, query))
                .sorted(order(query))
                .toList();
        TreeSet<String> tags = new TreeSet<>();
        live.definitions().forEach(definition -> tags.addAll(definition.tags()));
        return new SegmentsPage(
                query,
                shown,
                all.size(),
                List.copyOf(tags),
                with(live, DefinitionRule.Group.class, definition -> GroupBar.of(definition, data)),
                with(live, DefinitionRule.Trait.class, definition -> TraitValues.of(definition, data)),
                CountText.of(data.customers(), "customer"),
                live.latest().map(set -> set.revision()).orElse(0L),
                live.complaint());
    }

    private static <T> List<T> with(
            LiveDefinitions live, Class<? extends DefinitionRule> rule, Function<Definition, T> make) {
        return live.definitions().stream()
                .filter(definition -> rule.isInstance(definition.rule()))
                .map(make)
                .toList();
    }

    private static List<SegmentRow> rows(ConsoleData data, LiveDefinitions live) {
        ZoneId zone = live.zone();
        List<Long> days = TimeRange.MONTH.starts(data.now(), zone);
        List<Long> hours = TimeRange.DAY.starts(data.now(), zone);
        var byDay = courses(data, WindowSize.DAY, days.get(0));
        var byHour = courses(data, WindowSize.HOUR, hours.get(0));
        WidthRule rule = new WidthRule(live.width(), live.definitions());
        SegmentRow.Context context = new SegmentRow.Context(data, rule, byDay, byHour, days);
        List<SegmentRow> rows = new ArrayList<>();
        for (Definition definition : live.definitions()) {
            definition.segments().stream()
                    .sorted()
                    .forEach(segment -> rows.add(SegmentRow.of(segment, definition, context)));
        }
        return rows;
    }

    private static Map<String, Course> courses(ConsoleData data, WindowSize size, long from) {
        return Course.of(data.statistics(StatisticKind.SEGMENT, size, from)).stream()
                .collect(Collectors.toMap(course -> course.subject().name(), Function.identity()));
    }

    private static boolean matches(SegmentRow row, SegmentsQuery query) {
        String wanted = query.search().toLowerCase(Locale.ROOT);
        boolean found = row.name().contains(wanted)
                || row.definition().contains(wanted)
                || row.describes().toLowerCase(Locale.ROOT).contains(wanted);
        return found
                && (query.tag().isEmpty() || row.tags().contains(query.tag()))
                && (query.kind().isEmpty() || row.kind().equals(query.kind()));
    }

    private static Comparator<SegmentRow> order(SegmentsQuery query) {
        Comparator<SegmentRow> byName = Comparator.comparing(SegmentRow::name);
        Comparator<SegmentRow> order = switch (query.sort()) {
            case NAME -> byName;
            case SIZE -> Comparator.comparingLong(SegmentRow::size);
            case ENTERED -> Comparator.comparingLong(SegmentRow::entered);
            case EXITED -> Comparator.comparingLong(SegmentRow::exited);
        };
        return (query.descending() ? order.reversed() : order).thenComparing(byName);
    }
}
