// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final long NOW = 10_000;
    private static final long WINDOW = 1_000;

    @Test
    void keepsElementOneMillisecondInsideWindow() {
        assertThat(Retention.all(WINDOW).keeps(0, 1, NOW - WINDOW + 1, NOW)).isTrue();
    }

    @Test
    void dropsElementOnWindowBorder() {
        assertThat(Retention.all(WINDOW).keeps(0, 1, NOW - WINDOW, NOW)).isFalse();
    }

    @Test
    void keepsEveryElementWithoutWindow() {
        assertThat(Retention.all(Retention.FOREVER).keeps(0, 1, 0, NOW)).isTrue();
    }

    @Test
    void keepsNothingWithoutNeeds() {
        assertThat(Retention.NOTHING.keeps(0, 1, NOW, NOW)).isFalse();
    }

    @Test
    void keepsLatestElements() {
        Retention two = Retention.latest(2, Retention.FOREVER);
        assertThat(two.keeps(0, 3, NOW, NOW)).isFalse();
        assertThat(two.keeps(1, 3, NOW, NOW)).isTrue();
        assertThat(two.keeps(2, 3, NOW, NOW)).isTrue();
    }

    @Test
    void keepsLatestElementsInsideWindowOnly() {
        Retention latest = Retention.latest(1, WINDOW);
        assertThat(latest.keeps(0, 1, NOW - WINDOW, NOW)).isFalse();
        assertThat(latest.keeps(0, 1, NOW - WINDOW + 1, NOW)).isTrue();
    }

    @Test
    void keepsOldestElementsForEver() {
        Retention two = Retention.oldest(2);
        assertThat(two.keeps(0, 3, 0, NOW)).isTrue();
        assertThat(two.keeps(1, 3, 0, NOW)).isTrue();
        assertThat(two.keeps(2, 3, 0, NOW)).isFalse();
    }

    @Test
    void unionKeepsElementsOfBoth() {
        Retention both = Retention.all(WINDOW).union(Retention.oldest(1));
        assertThat(both.keeps(0, 3, 0, NOW)).as("the oldest").isTrue();
        assertThat(both.keeps(1, 3, 0, NOW)).as("neither").isFalse();
        assertThat(both.keeps(2, 3, NOW, NOW)).as("in the window").isTrue();
    }

    @Test
    void unionHasLongerWindow() {
        assertThat(Retention.all(WINDOW).union(Retention.all(2 * WINDOW))).isEqualTo(Retention.all(2 * WINDOW));
    }

    @Test
    void unionWithNothingIsUnchanged() {
        Retention latest = Retention.latest(3, WINDOW);
        assertThat(latest.union(Retention.NOTHING)).isEqualTo(latest);
    }

    @Test
    void unionWithUncappedIsUncapped() {
        assertThat(Retention.all(WINDOW).union(Retention.all(WINDOW).uncapped()).cap())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void uniqueKeepsSameElements() {
        Retention unique = Retention.latest(3, WINDOW).asUnique();
        assertThat(unique).isEqualTo(new Retention(0, 3, WINDOW, 0, true, Retention.CAP));
    }
}
