// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class ShiftWatchTest {
    private final Map<Slot, WindowCounts> hours = new HashMap<>();
    private final List<SegmentShift> reported = new ArrayList<>();
    private final ShiftWatch watch = new ShiftWatch(hours::get, reported::add);
    private long members;

    /** One more hour of a segment, which two partitions report. */
    private void hour(long number, long entered, long exited, long adjusted, long partitions) {
        members += entered - exited + adjusted;
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.HOUR_MEMBERS, members);
        counts.add(Measure.HOUR_PARTITIONS, partitions);
        counts.add(Measure.ENTERED, entered);
        counts.add(Measure.EXITED, exited);
        counts.add(Measure.ADJUSTED, adjusted);
        Slot slot = new Slot(Subject.segment("loyal"), number * Windows.HOUR);
        hours.put(slot, counts);
        watch.look(slot, counts);
    }

    private void quiet(long from, long to) {
        for (long number = from; number <= to; number++) {
            hour(number, 0, 0, 0, 2);
        }
    }

    @Test
    void reportsGrowthByHalfOnceTheHourIsOver() {
        members = 200;
        quiet(0, 29);
        hour(30, 110, 10, 0, 2);
        assertThat(reported).isEmpty();
        quiet(31, 31);
        assertThat(reported).containsExactly(new SegmentShift("loyal", 200, 110, 10, 31 * Windows.HOUR));
        assertThat(reported.get(0).isGrowth()).isTrue();
        quiet(32, 80);
        assertThat(reported).hasSize(1);
    }

    @Test
    void reportsWhatHappensOverSeveralHours() {
        members = 200;
        quiet(0, 29);
        hour(30, 0, 60, 0, 2);
        quiet(31, 40);
        hour(41, 0, 40, 0, 2);
        quiet(42, 42);
        assertThat(reported).containsExactly(new SegmentShift("loyal", 200, 0, 100, 42 * Windows.HOUR));
    }

    @Test
    void slowChangeIsNone() {
        members = 200;
        quiet(0, 29);
        for (long number = 30; number < 130; number++) {
            hour(number, 4, 0, 0, 2);
        }
        assertThat(reported).isEmpty();
    }

    @Test
    void smallSegmentsAndEditsOfDefinitionsAreNone() {
        members = SegmentShift.LEAST_MEMBERS - 1;
        quiet(0, 29);
        hour(30, 90, 0, 0, 2);
        quiet(31, 60);
        hour(61, 0, 0, 5000, 2);
        quiet(62, 70);
        assertThat(reported).isEmpty();
    }

    @Test
    void waitsForAllPartitions() {
        members = 200;
        quiet(0, 29);
        hour(30, 150, 0, 0, 2);
        hour(31, 0, 0, 0, 1);
        assertThat(reported).isEmpty();
        hour(31, 0, 0, 0, 2);
        assertThat(reported).hasSize(1);
    }
}
