// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static List<Long> days(int number, long each, long last) {
        List<Long> days = new ArrayList<>(Collections.nCopies(number, each));
        days.add(last);
        return days;
    }

    @Test
    void comparesWithTheUsualDay() {
        assertThat(Trend.of(days(28, 20, 60), 1)).hasValue(3);
    }

    @Test
    void onlyFourWeeksCount() {
        List<Long> days = days(28, 20, 60);
        days.addAll(0, List.of(9000L, 9000L));
        assertThat(Trend.of(days, 1)).hasValue(3);
    }

    @Test
    void comparesWithThatShareOfTheUsualDayThatIsOver() {
        assertThat(Trend.of(days(28, 20, 30), 0.5)).hasValue(3);
    }

    @Test
    void hasAFloor() {
        assertThat(Trend.of(days(28, 0, Trend.FLOOR - 1), 1)).isEmpty();
        assertThat(Trend.of(days(28, 0, Trend.FLOOR), 1)).hasValue(Trend.FLOOR);
        assertThat(Trend.of(List.of(500L), 1)).isEmpty();
    }

    @Test
    void dayIsOverByItsElapsedShare() {
        long day = 24 * Windows.HOUR;
        assertThat(Trend.elapsed(0, day, day / 4)).isEqualTo(0.25, within(1e-9));
        assertThat(Trend.elapsed(0, day, 2 * day)).isEqualTo(1);
        assertThat(Trend.elapsed(0, day, 0)).isEqualTo(1.0 / 24, within(1e-9));
    }
}
