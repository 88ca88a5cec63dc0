// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.statistics.Measure;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sizes of a segment from its windows. */
final class SizeCourse {
    private SizeCourse() {}

    /**
     * Returns the size at the end of each window.
     *
     * @param current the size now, which is that of the last window
     * @return null where there is no window, or one to which not every partition has reported
     */
    static List<@Nullable Long> of(Map<Long, WindowCounts> windows, WindowSize size, List<Long> starts, long current) {
        long partitions = windows.values().stream()
                .mapToLong(counts -> counts.get(Measure.partitions(size)))
                .max()
                .orElse(0);
        List<@Nullable Long> sizes = new ArrayList<>();
        for (long start : starts) {
            WindowCounts counts = windows.get(start);
            boolean isWhole = counts != null && partitions > 0 && counts.get(Measure.partitions(size)) == partitions;
            sizes.add(isWhole ? Long.valueOf(counts.get(Measure.members(size))) : null);
        }
        sizes.set(sizes.size() - 1, current);
        return sizes;
    }

    /** Returns a count of each window; null where there is no window. */
    static List<@Nullable Long> of(Map<Long, WindowCounts> windows, Measure measure, List<Long> starts) {
        List<@Nullable Long> values = new ArrayList<>();
        for (long start : starts) {
            WindowCounts counts = windows.get(start);
            values.add(counts == null ? null : counts.get(measure));
        }
        return values;
    }
}
