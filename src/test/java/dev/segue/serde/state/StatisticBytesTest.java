// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.statistics.Measure;
import dev.segue.statistics.Slot;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticBytesTest {
    @Test
    void readsCountsAsWritten() {
        Random random = new Random(20261130);
        for (int round = 0; round < 1000; round++) {
            WindowCounts counts = new WindowCounts();
            for (Measure measure : Measure.values()) {
                counts.add(measure, random.nextLong() >> random.nextInt(64));
            }
            for (int left = random.nextInt(10); left > 0; left--) {
                counts.addStay(random.nextLong() >>> (1 + random.nextInt(62)));
            }
            byte[] written = StatisticBytes.write(counts);
            assertThat(StatisticBytes.read(written)).isEqualTo(counts);
            assertThatThrownBy(() -> StatisticBytes.read(Arrays.copyOf(written, written.length - 1)))
                    .isInstanceOf(CorruptState.class);
        }
    }

    @Test
    void readsKeysAsWritten() {
        Slot slot = new Slot(Subject.segment("café|x"), 1_761_987_600_000L);
        assertThat(StatisticBytes.slot(StatisticBytes.key(slot))).isEqualTo(slot);
        for (WindowSize size : WindowSize.values()) {
            Statistic statistic = new Statistic(size, slot.hour(), slot.subject(), new WindowCounts());
            assertThat(StatisticBytes.statistic(
                            StatisticBytes.key(size, slot.hour(), slot.subject()), statistic.counts()))
                    .isEqualTo(statistic);
        }
    }

    @Test
    void refusesOtherKeys() {
        assertThatThrownBy(() -> StatisticBytes.slot(new byte[3])).isInstanceOf(CorruptState.class);
        assertThatThrownBy(() -> StatisticBytes.slot(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 99, 'a'}))
                .isInstanceOf(CorruptState.class);
    }

    @Test
    void keysOfOneSizeAreInOrderOfTime() {
        Subject first = Subject.segment("zzz");
        byte[] earlier = StatisticBytes.key(WindowSize.HOUR, 1_000_000, first);
        byte[] border = StatisticBytes.firstKey(WindowSize.HOUR, 2_000_000);
        byte[] later = StatisticBytes.key(WindowSize.HOUR, 2_000_000, Subject.segment("a"));
        assertThat(Arrays.compareUnsigned(earlier, border)).isNegative();
        assertThat(Arrays.compareUnsigned(border, later)).isNegative();
    }
}
