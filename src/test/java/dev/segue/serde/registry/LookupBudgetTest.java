// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupBudgetTest {
    private long nanos;
    private final LookupBudget budget = new LookupBudget(20, () -> nanos);

    @Test
    void reservesHalfOfBudgetForRepeatedIds() {
        assertThat(useless(1, 100)).isEqualTo(10);
        assertThat(useless(51, 100)).isEqualTo(10);
        assertThat(useless(1, 100)).isZero();
    }

    @Test
    void allowsNextLookUpExactlyWhenEarned() {
        useless(1, 100);
        nanos = Duration.ofMillis(50).toNanos() - 1;
        assertThat(budget.allows(500)).isFalse();
        LookupBudget other = new LookupBudget(20, () -> nanos);
        nanos = 0;
        for (int id = 1; other.allows(id); id++) {
            other.spend(0);
        }
        nanos = Duration.ofMillis(50).toNanos();
        assertThat(other.allows(500)).isTrue();
    }

    @Test
    void slowRegistryLowersRate() {
        int asked = 0;
        for (int id = 0; nanos < Duration.ofMinutes(1).toNanos(); id++) {
            if (budget.allows(id)) {
                asked++;
                nanos += Duration.ofMillis(100).toNanos();
                budget.spend(Duration.ofMillis(100).toNanos());
            } else {
                nanos += Duration.ofMillis(1).toNanos();
            }
        }
        // Half of the time, plus the initial budget.
        assertThat(asked).isBetween(300, 310);
    }

    @Test
    void verySlowResponseBlocksForOneAndHalfSeconds() {
        budget.spend(Duration.ofMinutes(5).toNanos());
        nanos = Duration.ofMillis(1_549).toNanos();
        assertThat(budget.allows(1)).isFalse();
        nanos = Duration.ofMillis(1_551).toNanos();
        assertThat(budget.allows(2)).isTrue();
    }

    @Test
    void zeroIsUnlimited() {
        LookupBudget none = new LookupBudget(0, () -> nanos);
        for (int id = 0; id < 1_000; id++) {
            assertThat(none.allows(id)).isTrue();
            none.spend(1_000);
        }
    }

    /** Returns how many of the given ids are looked up, without time passing and without success. */
    private int useless(int first, int count) {
        int asked = 0;
        for (int id = first; id < first + count; id++) {
            if (budget.allows(id)) {
                budget.spend(0);
                asked++;
            }
        }
        return asked;
    }
}
