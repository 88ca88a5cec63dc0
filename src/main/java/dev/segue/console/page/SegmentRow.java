// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.audience.SegmentWidth;
import dev.segue.audience.WidthRule;
import dev.segue.definition.Definition;
import dev.segue.statistics.Course;
import dev.segue.statistics.Measure;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.value.CountText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A segment, a choice of a group, or a trait.
 *
 * @param definition its definition's name, which differs for a choice
 * @param share of the customers who are in any segment, in percent
 * @param entered in the last 24 hours
 * @param exited in the last 24 hours
 * @param sizes of the last 30 days
 * @param warning null if its width is fine
 */
public record SegmentRow(
        String name,
        String address,
        String kind,
        String definition,
        String describes,
        List<String> tags,
        long size,
        String share,
        long entered,
        long exited,
        SparkChart sizes,
        @Nullable String warning) {

    /** What all rows are made from. */
    record Context(
            ConsoleData data, WidthRule rule, Map<String, Course> byDay, Map<String, Course> byHour, List<Long> days) {}

    static SegmentRow of(String segment, Definition definition, Context context) {
        long size = context.data().members(segment);
        long customers = context.data().customers();
        Map<Long, WindowCounts> days = windows(context.byDay().get(segment));
        WindowCounts lastDay = new WindowCounts();
        windows(context.byHour().get(segment)).values().forEach(lastDay::add);
        boolean held = size > 0
                || days.values().stream()
                        .anyMatch(counts -> counts.get(Measure.ENTERED) > 0 || counts.get(Measure.DAY_MEMBERS) > 0);
        return new SegmentRow(
                segment,
                Address.segment(segment),
                definition.kind(),
                definition.name(),
                definition.describes(),
                definition.tags(),
                size,
                customers == 0 ? "–" : CountText.percent((double) size / customers),
                lastDay.get(Measure.ENTERED),
                lastDay.get(Measure.EXITED),
                SparkChart.of(
                        SizeCourse.of(days, WindowSize.DAY, context.days(), size),
                        "Members of " + segment + " over the last 30 days; now " + CountText.of(size)),
                context.rule()
                        .judge(segment, customers, size, held)
                        .map(SegmentRow::warning)
                        .orElse(null));
    }

    private static Map<Long, WindowCounts> windows(@Nullable Course course) {
        return course == null ? new TreeMap<>() : course.windows();
    }

    static String warning(SegmentWidth width) {
        return width.isEmpty() ? "Empty: nobody has ever been in it." : "Wide: nearly every customer is in it.";
    }

    public String sizeText() {
        return CountText.of(size);
    }

    public String enteredText() {
        return CountText.of(entered);
    }

    public String exitedText() {
        return CountText.of(exited);
    }

    /** Returns whether it is one of several segments of a group. */
    public boolean isChoice() {
        return !definition.equals(name);
    }
}
