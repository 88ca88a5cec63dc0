// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DueTimesTest {
    @Test
    void isDueExactlyAtInstant() {
        DueTimes dues = new DueTimes();
        dues.set(3, 1_000);
        assertThat(dues.dueAt(999).isEmpty()).isTrue();
        assertThat(dues.dueAt(1_000)).isEqualTo(BitSet.valueOf(new long[] {0b1000}));
    }

    @Test
    void nothingIsDueWithoutInstants() {
        DueTimes dues = new DueTimes();
        assertThat(dues.earliest()).isEqualTo(CustomerState.NEVER);
        dues.set(3, 1_000);
        dues.set(3, CustomerState.NEVER);
        dues.set(4, CustomerState.NEVER);
        assertThat(dues.earliest()).isEqualTo(CustomerState.NEVER);
        assertThat(dues.dueAt(CustomerState.NEVER - 1).isEmpty()).isTrue();
    }

    @Test
    void keepsLatestInstantOfEach() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        DueTimes dues = new DueTimes();
        TreeMap<Integer, Long> plain = new TreeMap<>();
        for (int step = 0; step < 2_000; step++) {
            int position = random.nextInt(60);
            if (random.nextInt(4) == 0) {
                dues.set(position, CustomerState.NEVER);
                plain.remove(position);
            } else {
                long instant = random.nextInt(1_000);
                dues.set(position, instant);
                plain.put(position, instant);
            }
            long earliest =
                    plain.values().stream().mapToLong(Long::longValue).min().orElse(CustomerState.NEVER);
            assertThat(dues.earliest()).as("seed %d step %d", seed, step).isEqualTo(earliest);
            long at = random.nextInt(1_000);
            BitSet due = new BitSet();
            plain.forEach((each, instant) -> due.set(each, instant <= at));
            assertThat(dues.dueAt(at)).as("seed %d step %d", seed, step).isEqualTo(due);
        }
    }
}
