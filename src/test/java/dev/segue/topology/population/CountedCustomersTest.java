// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.population.ValueBuckets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CountedCustomersTest {
    private static final int ID_BYTES = 2 + 10;

    private final CountedCustomers counted = new CountedCustomers();

    private static byte[] id(String customer) {
        return customer.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void agreesWithAPlainMapAfterRandomChanges() {
        Random random = new Random(7);
        Map<String, Integer> plain = new HashMap<>();
        Map<Integer, Long> reported = new TreeMap<>();
        for (int step = 0; step < 60_000; step++) {
            String customer = "c" + random.nextInt(step < 30_000 ? 3_000 : 200);
            int bucket = random.nextInt(4) == 0 ? ValueBuckets.NONE : random.nextInt(60) - 30;
            counted.set(id(customer), bucket);
            if (bucket == ValueBuckets.NONE) {
                plain.remove(customer);
            } else {
                plain.put(customer, bucket);
            }
            if (random.nextInt(500) == 0) {
                reported.putAll(counted.takeChanged());
                reported.values().removeIf(count -> count == 0);
                assertThat(reported).isEqualTo(counts(plain));
            }
        }
        assertThat(counted.size()).isEqualTo(plain.size());
        assertThat(counted.all()).isEqualTo(counts(plain));
        assertThat(visited()).isEqualTo(plain);
    }

    private static Map<Integer, Long> counts(Map<String, Integer> plain) {
        Map<Integer, Long> counts = new TreeMap<>();
        plain.values().forEach(bucket -> counts.merge(bucket, 1L, Long::sum));
        return counts;
    }

    /** In slices, bucket by bucket. */
    private Map<String, Integer> visited() {
        Map<String, Integer> visited = new HashMap<>();
        for (int bucket = -30; bucket < 30; bucket++) {
            int wanted = bucket;
            int from = 0;
            while (from != CountedCustomers.END) {
                from = counted.forEach(from, 100, 3, one -> one == wanted, customer -> {
                    Integer twice = visited.put(new String(customer, StandardCharsets.UTF_8), wanted);
                    assertThat(twice).isNull();
                });
            }
        }
        return visited;
    }

    @Test
    void aPassStopsAfterSoManyAndGoesOnBehindThem() {
        for (int number = 0; number < 10; number++) {
            counted.set(id("c" + number), number % 2);
        }
        List<String> found = new ArrayList<>();
        int from = counted.forEach(
                0, 100, 2, bucket -> bucket == 1, id -> found.add(new String(id, StandardCharsets.UTF_8)));
        assertThat(found).containsExactly("c1", "c3");
        from = counted.forEach(
                from, 2, 2, bucket -> bucket == 1, id -> found.add(new String(id, StandardCharsets.UTF_8)));
        assertThat(found).containsExactly("c1", "c3", "c5");
        from = counted.forEach(
                from, 100, 9, bucket -> bucket == 1, id -> found.add(new String(id, StandardCharsets.UTF_8)));
        assertThat(found).containsExactly("c1", "c3", "c5", "c7", "c9");
        assertThat(from).isEqualTo(CountedCustomers.END);
    }

    @Test
    void reportsABucketThatBecameEmpty() {
        counted.set(id("ann"), 5);
        assertThat(counted.takeChanged()).containsExactlyEntriesOf(Map.of(5, 1L));
        counted.set(id("ann"), ValueBuckets.NONE);
        assertThat(counted.takeChanged()).containsExactlyEntriesOf(Map.of(5, 0L));
        assertThat(counted.takeChanged()).isEmpty();
    }

    @Test
    void theSameBucketAgainIsNoChange() {
        counted.set(id("ann"), 5);
        counted.takeChanged();
        counted.set(id("ann"), 5);
        assertThat(counted.takeChanged()).isEmpty();
    }

    @Test
    void aWholeReportContainsWhatHasChanged() {
        counted.set(id("ann"), 5);
        counted.set(id("bob"), 6);
        assertThat(counted.all()).isEqualTo(Map.of(5, 1L, 6, 1L));
        assertThat(counted.takeChanged()).isEmpty();
    }

    @Test
    void aCustomerCostsAtMost23BytesAndTheId() {
        for (int number = 0; number < 200_000; number++) {
            counted.set(id("c%09d".formatted(number)), number % 100);
        }
        long each = counted.memory() / 200_000;
        assertThat(each).isBetween(12L + ID_BYTES, 23L + ID_BYTES);
    }

    @Test
    void thoseWhoLeaveMakeRoomForOthers() {
        long most = 0;
        for (int round = 0; round < 50; round++) {
            for (int number = 0; number < 2_000; number++) {
                counted.set(id("r%03dc%05d".formatted(round, number)), number);
            }
            for (int number = 0; number < 2_000; number++) {
                counted.set(id("r%03dc%05d".formatted(round, number)), ValueBuckets.NONE);
            }
            most = round == 4 ? counted.memory() : most;
        }
        assertThat(counted.size()).isZero();
        assertThat(counted.memory()).isLessThanOrEqualTo(2 * most);
        assertThat(new TreeSet<>(counted.takeChanged().values())).containsExactly(0L);
    }
}
