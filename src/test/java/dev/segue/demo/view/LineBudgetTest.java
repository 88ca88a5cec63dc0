// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private final LineBudget budget = new LineBudget();

    @Test
    void limitsLinesPerSegment() {
        assertThat(budget.allows("a", true, 0)).isTrue();
        assertThat(budget.allows("a", true, 0)).isTrue();
        assertThat(budget.allows("a", true, 0)).isFalse();
        assertThat(budget.allows("b", true, 0)).isTrue();
        assertThat(budget.takeLeftOut()).isEqualTo(1);
        assertThat(budget.takeLeftOut()).isZero();
    }

    @Test
    void limitsLinesPerSecond() {
        long allowed = IntStream.range(0, 100)
                .filter(number -> budget.allows("segment" + number, true, 500))
                .count();
        assertThat(allowed).isEqualTo(LineBudget.LINES_A_SECOND);
        assertThat(budget.takeLeftOut()).isEqualTo(100 - LineBudget.LINES_A_SECOND);
    }

    @Test
    void groupsAndTraitsShareTheirLines() {
        assertThat(budget.allows("ordering", false, 0)).isTrue();
        assertThat(budget.allows("preferred-hour", false, 0)).isFalse();
        assertThat(budget.allows("a", true, 0)).isTrue();
        assertThat(budget.allows("aware", false, 999)).isFalse();
        assertThat(budget.takeLeftOut()).isEqualTo(2);
        assertThat(budget.allows("aware", false, 1000)).isTrue();
    }

    @Test
    void resetsEachSecond() {
        IntStream.range(0, 3).forEach(number -> budget.allows("a", true, 0));
        assertThat(budget.allows("a", true, 999)).isFalse();
        assertThat(budget.allows("a", true, 1000)).isTrue();
    }
}
