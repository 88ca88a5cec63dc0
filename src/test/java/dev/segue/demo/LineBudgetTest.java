package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private final LineBudget budget = new LineBudget();

    @Test
    void aSegmentGetsItsLinesAndOthersTheirs() {
        assertThat(budget.allows("a", 0)).isTrue();
        assertThat(budget.allows("a", 0)).isTrue();
        assertThat(budget.allows("a", 0)).isFalse();
        assertThat(budget.allows("b", 0)).isTrue();
        assertThat(budget.takeLeftOut()).isEqualTo(1);
        assertThat(budget.takeLeftOut()).isZero();
    }

    @Test
    void noMoreLinesThanOneCanReadInASecond() {
        long allowed = IntStream.range(0, 100)
                .filter(number -> budget.allows("segment" + number, 500))
                .count();
        assertThat(allowed).isEqualTo(LineBudget.LINES_A_SECOND);
        assertThat(budget.takeLeftOut()).isEqualTo(100 - LineBudget.LINES_A_SECOND);
    }

    @Test
    void theNextSecondBeginsAfresh() {
        IntStream.range(0, 3).forEach(number -> budget.allows("a", 0));
        assertThat(budget.allows("a", 999)).isFalse();
        assertThat(budget.allows("a", 1000)).isTrue();
    }
}
