// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.statistics.Measure;
import dev.segue.statistics.SegmentShift;
import dev.segue.statistics.Slot;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reports segments that grow or shrink by half within a day: once an hour is over in all partitions, and at most once a day for
 * each segment.
 */
final class ShiftWatch {
    private static final long DAY = SegmentShift.HOURS * Windows.HOUR;

    private final Function<Slot, @Nullable WindowCounts> hours;
    private final Consumer<SegmentShift> report;
    private final Map<String, Long> reported = new HashMap<>();

    /** @param hours returns the counts of a subject in an hour; null if there are none */
    ShiftWatch(Function<Slot, @Nullable WindowCounts> hours, Consumer<SegmentShift> report) {
        this.hours = hours;
        this.report = report;
    }

    /** Looks at the day before an hour whose counts have changed. */
    void look(Slot slot, WindowCounts counts) {
        Subject subject = slot.subject();
        WindowCounts last = hours.apply(new Slot(subject, slot.hour() - Windows.HOUR));
        WindowCounts before = hours.apply(new Slot(subject, slot.hour() - Windows.HOUR - DAY));
        if (last == null || before == null || !areComplete(counts, last, before)) {
            return;
        }
        List<WindowCounts> day = new ArrayList<>();
        for (int hour = 1; hour <= SegmentShift.HOURS; hour++) {
            WindowCounts known = hours.apply(new Slot(subject, slot.hour() - hour * Windows.HOUR));
            if (known != null) {
                day.add(known);
            }
        }
        SegmentShift.of(subject.name(), before, day, slot.hour()).ifPresent(this::report);
    }

    /** A partition that has come to the next hour has told all of the one before. */
    private static boolean areComplete(WindowCounts next, WindowCounts last, WindowCounts before) {
        long partitions = before.get(Measure.HOUR_PARTITIONS);
        return partitions > 0
                && last.get(Measure.HOUR_PARTITIONS) == partitions
                && next.get(Measure.HOUR_PARTITIONS) == partitions;
    }

    private void report(SegmentShift shift) {
        Long known = reported.get(shift.segment());
        if (known == null || shift.end() - known >= DAY) {
            reported.put(shift.segment(), shift.end());
            report.accept(shift);
        }
    }
}
