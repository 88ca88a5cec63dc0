// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoneHoldsTest {
    private static final long AROUND = 7;

    private final NoneHolds none = new NoneHolds(new Object(), 1, true, AROUND, 100, 200);

    @Test
    void isValidFromItsInstantUntilTheConditionMayHold() {
        assertThat(none.isValid(AROUND, 99)).isFalse();
        assertThat(none.isValid(AROUND, 100)).isTrue();
        assertThat(none.isValid(AROUND, 199)).isTrue();
        assertThat(none.isValid(AROUND, 200)).isFalse();
    }

    @Test
    void isInvalidAfterChangeOutsideTheGroups() {
        assertThat(none.isValid(AROUND + 1, 150)).isFalse();
    }
}
