// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputProblemTest {
    private static String kept(int length) {
        return new InputProblem(InputProblem.Kind.UNKNOWN_TIME_ZONE, "x".repeat(length)).value();
    }

    @Test
    void keepsTextOfMaximumLength() {
        assertThat(kept(InputProblem.LONGEST)).isEqualTo("x".repeat(InputProblem.LONGEST));
    }

    @Test
    void shortensLongerText() {
        assertThat(kept(InputProblem.LONGEST + 1)).hasSize(InputProblem.LONGEST).endsWith("xx...");
    }

    @Test
    void labelIsLowerCase() {
        assertThat(InputProblem.Kind.UNKNOWN_TIME_ZONE.label()).isEqualTo("unknown_time_zone");
    }
}
