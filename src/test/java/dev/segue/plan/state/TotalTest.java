// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.value.EvaluationException;
import dev.segue.value.Millionths;
import org.junit.jupiter.api.Test;

class TotalTest {
    private final Total total = new Total(0, Millionths.ZERO);

    @Test
    void countsEveryElement() {
        total.add(5.0);
        total.add(-5.0);
        assertThat(total.count()).isEqualTo(2);
    }

    @Test
    void addsExactly() {
        total.add(0.1);
        total.add(0.2);
        assertThat(total.sum().toDouble()).isEqualTo(0.3);
    }

    @Test
    void refusesNaN() {
        assertThatThrownBy(() -> total.add(Double.NaN)).isInstanceOf(EvaluationException.class);
        assertThat(total.count()).isZero();
    }

    @Test
    void cannotBeHalved() {
        total.add(1.0);
        assertThat(total.halve()).isFalse();
        assertThat(total.count()).isEqualTo(1);
    }
}
