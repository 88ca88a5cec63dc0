// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one subject, in order of time.
 *
 * @param windows counts by the beginning of their window, in milliseconds since the epoch; not empty
 */
public record Course(Subject subject, NavigableMap<Long, WindowCounts> windows) {

    /** Divides statistics, whose windows are of one size, by their subjects; in order of their names. */
    public static List<Course> of(Collection<Statistic> statistics) {
        Map<Subject, Course> courses = new TreeMap<>(Comparator.comparing(Subject::name));
        for (Statistic statistic : statistics) {
            courses.computeIfAbsent(statistic.subject(), subject -> new Course(subject, new TreeMap<>()))
                    .windows
                    .put(statistic.start(), statistic.counts());
        }
        return List.copyOf(courses.values());
    }

    /** Returns all windows added up; of {@link Measure#members} and the like, the sum means nothing. */
    public WindowCounts total() {
        WindowCounts total = new WindowCounts();
        windows.values().forEach(total::add);
        return total;
    }

    /** Returns the counts of the window that begins at an instant; null if there is no such window. */
    public @Nullable WindowCounts at(long start) {
        return windows.get(start);
    }

    /** Returns the values of a measure in consecutive windows; null where there is no window. */
    public List<@Nullable Long> values(Measure measure, List<Long> starts) {
        List<@Nullable Long> values = new ArrayList<>();
        for (long start : starts) {
            WindowCounts counts = windows.get(start);
            values.add(counts == null ? null : counts.get(measure));
        }
        return values;
    }

    @Override
    public String toString() {
        return subject.name() + " from " + Instant.ofEpochMilli(windows.firstKey());
    }
}
