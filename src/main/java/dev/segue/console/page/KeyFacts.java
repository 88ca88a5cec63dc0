// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.audience.WidthRule;
import dev.segue.replay.backtest.report.StayText;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.value.CountText;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a segment that come first, over a range.
 *
 * @param address of the segment's page
 * @param warning null if its width is fine
 * @param stay the median stay of those who left in the range
 */
public record KeyFacts(
        String address,
        TimeRange range,
        String size,
        String share,
        String entered,
        String exited,
        String stay,
        @Nullable String warning) {

    /** @param name of a segment, a choice of a group or a trait */
    public static KeyFacts of(ConsoleData data, String name, TimeRange range) {
        LiveDefinitions live = data.definitions();
        long from = range.starts(data.now(), live.zone()).get(0);
        WindowCounts total = new WindowCounts();
        data.windows(Subject.segment(name), range.size(), from).values().forEach(total::add);
        long size = data.members(name);
        long customers = data.customers();
        return new KeyFacts(
                Address.segment(name),
                range,
                CountText.of(size),
                customers == 0 ? "–" : CountText.percent((double) size / customers),
                CountText.of(total.get(Measure.ENTERED)),
                CountText.of(total.get(Measure.EXITED)),
                stay(total),
                new WidthRule(live.width(), live.definitions())
                        .judge(name, customers, size, size > 0 || total.get(Measure.ENTERED) > 0)
                        .map(SegmentRow::warning)
                        .orElse(null));
    }

    private static String stay(WindowCounts total) {
        OptionalLong median = total.medianStay();
        return median.isPresent() ? StayText.of(median.getAsLong()) : "–";
    }

    /** The address of the page over another range. */
    public String over(TimeRange other) {
        return address + "?range=" + other.word();
    }

    /** The address at which these numbers are renewed. */
    public String renewal() {
        return address + "/facts?range=" + range.word();
    }
}
