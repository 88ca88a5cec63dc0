// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineIndexTest {
    private final DeadlineIndex index = new DeadlineIndex();

    @Test
    void isDueExactlyAtDeadline() {
        index.arm(bytes("ann"), 1000);
        assertThat(index.isDue(999)).isFalse();
        assertThat(index.isDue(1000)).isTrue();
    }

    @Test
    void emptyIndexIsNeverDue() {
        assertThat(index.isDue(Long.MAX_VALUE)).isFalse();
        index.arm(bytes("ann"), DeadlineIndex.NEVER);
        assertThat(index.size()).isZero();
    }

    @Test
    void laterDeadlineKeepsEntry() {
        index.arm(bytes("ann"), 1000);
        index.arm(bytes("ann"), 2000);
        assertThat(index.size()).isEqualTo(1);
        assertThat(index.isDue(1000)).isTrue();
        index.settleFirst(2000);
        assertThat(index.isDue(1999)).isFalse();
        assertThat(index.isDue(2000)).isTrue();
    }

    @Test
    void earlierDeadlineMovesEntry() {
        index.arm(bytes("ann"), 1000);
        index.arm(bytes("bob"), 900);
        index.arm(bytes("ann"), 500);
        assertThat(index.size()).isEqualTo(2);
        assertThat(text(index.first())).isEqualTo("ann");
    }

    @Test
    void removesCustomerWithoutDeadline() {
        index.arm(bytes("ann"), 1000);
        index.settleFirst(DeadlineIndex.NEVER);
        assertThat(index.size()).isZero();
        index.arm(bytes("ann"), 3000);
        assertThat(text(index.first())).isEqualTo("ann");
    }

    @Test
    void refusesTooLongId() {
        index.arm(new byte[CustomerIds.LONGEST], 1);
        assertThatThrownBy(() -> index.arm(new byte[CustomerIds.LONGEST + 1], 1))
                .hasMessageContaining("4097")
                .hasMessageContaining("4096");
    }

    /** Random operations, compared with sorted maps that do the same in a slow and obvious way. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithSortedMap(long seed) {
        Random random = new Random(seed);
        int customers = 1 + random.nextInt(3000);
        NaiveIndex naive = new NaiveIndex();
        for (int step = 0; step < 40_000; step++) {
            if (naive.entries.isEmpty() || random.nextInt(3) > 0) {
                String customer = customer(random.nextInt(customers));
                long deadline = random.nextInt(20) == 0 ? DeadlineIndex.NEVER : random.nextInt(10_000);
                index.arm(bytes(customer), deadline);
                naive.arm(customer, deadline);
            } else {
                String first = text(index.first());
                long due = naive.deadlines.firstKey();
                assertThat(index.isDue(due)).isTrue();
                assertThat(index.isDue(due - 1)).isFalse();
                assertThat(naive.deadlines.get(due)).contains(first);
                long deadline = random.nextBoolean() ? DeadlineIndex.NEVER : due + random.nextInt(5000);
                index.settleFirst(deadline);
                naive.settle(first, deadline);
            }
            assertThat(index.size()).isEqualTo(naive.entries.size());
        }
        assertThat(drainAll()).containsExactlyInAnyOrderElementsOf(naive.entries.keySet());
    }

    @Test
    void takesEachOfManyEqualDeadlinesOnce() {
        for (int customer = 0; customer < 100_000; customer++) {
            index.arm(bytes(customer(customer)), 1000);
        }
        assertThat(drainAll()).doesNotHaveDuplicates().hasSize(100_000);
    }

    @Test
    void reclaimsSpaceOfRemovedIds() {
        for (int round = 0; round < 50; round++) {
            for (int customer = 0; customer < 10_000; customer++) {
                index.arm(bytes("round-" + round + "-" + customer), customer);
            }
            assertThat(drainAll()).hasSize(10_000);
        }
        assertThat(index.memory()).isLessThan(1_500_000);
    }

    @Test
    void takesLessThan48BytesPerCustomerWithIdsOf8() {
        for (int customer = 0; customer < 1_000_000; customer++) {
            index.arm(bytes(String.format("c%07d", customer)), customer);
        }
        assertThat(index.memory() / 1_000_000.0).isLessThan(48.0);
    }

    @Test
    void countsDueEntriesUpToLimit() {
        for (int number = 0; number < 1000; number++) {
            index.arm(bytes(customer(number)), 7919L * number % 1000);
        }
        assertThat(index.firstDeadline()).isZero();
        assertThat(index.due(-1, 5000)).isZero();
        assertThat(index.due(0, 5000)).isEqualTo(1);
        assertThat(index.due(499, 5000)).isEqualTo(500);
        assertThat(index.due(999, 5000)).isEqualTo(1000);
        assertThat(index.due(999, 700)).isEqualTo(700);
    }

    private List<String> drainAll() {
        List<String> taken = new ArrayList<>();
        while (index.size() > 0) {
            taken.add(text(index.first()));
            index.settleFirst(DeadlineIndex.NEVER);
        }
        return taken;
    }

    private static String customer(int number) {
        return "customer-" + number + "-" + "x".repeat(number % 40);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class NaiveIndex {
        final Map<String, Long> entries = new HashMap<>();
        final TreeMap<Long, TreeSet<String>> deadlines = new TreeMap<>();

        void arm(String customer, long deadline) {
            Long entry = entries.get(customer);
            if (deadline != DeadlineIndex.NEVER && (entry == null || deadline < entry)) {
                put(customer, deadline);
            }
        }

        void settle(String customer, long deadline) {
            if (deadline == DeadlineIndex.NEVER) {
                remove(customer);
            } else {
                put(customer, deadline);
            }
        }

        private void put(String customer, long deadline) {
            remove(customer);
            entries.put(customer, deadline);
            deadlines.computeIfAbsent(deadline, ignored -> new TreeSet<>()).add(customer);
        }

        private void remove(String customer) {
            Long old = entries.remove(customer);
            if (old != null) {
                TreeSet<String> same = deadlines.get(old);
                same.remove(customer);
                if (same.isEmpty()) {
                    deadlines.remove(old);
                }
            }
        }
    }
}
