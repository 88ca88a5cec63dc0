// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProductIndexTest {
    private final ProductIndex index = new ProductIndex();

    private void set(String customer, int... products) {
        index.set(bytes(customer), products);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> walk(int product, int most) {
        List<String> found = new ArrayList<>();
        int passed = index.walk(product, most, customer -> found.add(new String(customer, StandardCharsets.UTF_8)));
        assertThat(passed).isEqualTo(found.size());
        return found;
    }

    private List<String> all(int product) {
        index.beginWalk(product);
        return walk(product, Integer.MAX_VALUE);
    }

    @Test
    void findsTheCustomersOfEachProduct() {
        set("ann", 1, 2);
        set("bob", 2, 3);
        assertThat(all(1)).containsExactly("ann");
        assertThat(all(2)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(all(4)).isEmpty();
        assertThat(index.contains(3)).isTrue();
        assertThat(index.contains(4)).isFalse();
    }

    @Test
    void replacesTheProductsOfACustomer() {
        set("ann", 1, 2);
        set("ann", 2, 3);
        assertThat(all(1)).isEmpty();
        assertThat(all(2)).containsExactly("ann");
        assertThat(all(3)).containsExactly("ann");
        set("ann");
        assertThat(index.size()).isZero();
        assertThat(index.products()).isZero();
        assertThat(index.contains(2)).isFalse();
    }

    @Test
    void walkGoesOnWhereItStopped() {
        set("ann", 1);
        set("bob", 1);
        set("cat", 1);
        index.beginWalk(1);
        assertThat(walk(1, 2)).hasSize(2);
        assertThat(walk(1, 2)).hasSize(1);
        assertThat(walk(1, 2)).isEmpty();
    }

    @Test
    void walkGoesOnBehindACustomerWhoIsRemoved() {
        for (String customer : List.of("ann", "bob", "cat", "dan")) {
            set(customer, 1);
        }
        index.beginWalk(1);
        List<String> found = new ArrayList<>(walk(1, 1));
        // The next two of the walk, which begins with the latest.
        set("cat");
        set("bob", 2);
        found.addAll(walk(1, 9));
        assertThat(found).containsExactly("dan", "ann");
    }

    @Test
    void walkEndsIfTheRestIsRemoved() {
        set("ann", 1);
        set("bob", 1);
        index.beginWalk(1);
        assertThat(walk(1, 1)).containsExactly("bob");
        set("ann");
        set("cat", 1);
        assertThat(walk(1, 1)).isEmpty();
    }

    @Test
    void beginsAgain() {
        set("ann", 1);
        set("bob", 1);
        index.beginWalk(1);
        assertThat(walk(1, 1)).containsExactly("bob");
        index.beginWalk(1);
        assertThat(walk(1, 2)).containsExactly("bob", "ann");
    }

    /** Against plain sets, with walks that stop and go on between changes. */
    @Test
    void agreesWithPlainSets() {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Set<Integer>> asked = new HashMap<>();
        Map<Integer, Set<String>> due = new HashMap<>();
        for (int step = 0; step < 60_000; step++) {
            String customer = "c" + random.nextInt(200);
            int number = random.nextInt(60) * 0x01000001;
            if (random.nextInt(4) == 0) {
                // Whoever asks when a walk begins, and does so until the walk comes, is found.
                index.beginWalk(number);
                due.put(number, holders(asked, number));
            } else if (random.nextInt(3) == 0 && !due.isEmpty()) {
                int walked = due.keySet().iterator().next();
                int most = 1 + random.nextInt(5);
                List<String> found = walk(walked, most);
                assertThat(holders(asked, walked)).containsAll(found);
                due.get(walked).removeAll(found);
                if (found.size() < most) {
                    assertThat(due.remove(walked)).isEmpty();
                }
            } else {
                int[] products = random.ints(random.nextInt(6), 0, 60)
                        .map(each -> each * 0x01000001)
                        .sorted()
                        .distinct()
                        .toArray();
                index.set(bytes(customer), products);
                Set<Integer> next = Arrays.stream(products).boxed().collect(Collectors.toSet());
                Set<Integer> before = asked.getOrDefault(customer, Set.of());
                asked.put(customer, next);
                if (!before.equals(next)) {
                    before.forEach(
                            each -> due.getOrDefault(each, new HashSet<>()).remove(customer));
                }
            }
        }
        assertThat(index.size())
                .isEqualTo(asked.values().stream().mapToInt(Set::size).sum());
        for (int number = 0; number < 60; number++) {
            assertThat(new HashSet<>(all(number * 0x01000001))).isEqualTo(holders(asked, number * 0x01000001));
        }
        asked.keySet().forEach(this::set);
        assertThat(index.size()).isZero();
        assertThat(index.products()).isZero();
    }

    private static Set<String> holders(Map<String, Set<Integer>> asked, int number) {
        return asked.entrySet().stream()
                .filter(entry -> entry.getValue().contains(number))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void costsWhatItSays() {
        int customers = 20_000;
        int products = 50;
        long most = 30L * products + 6 + 23 + 2 * 8;
        for (int number = 0; number < customers; number++) {
            int first = number;
            set(
                    "customer-" + number,
                    IntStream.range(0, products).map(each -> first + each).toArray());
        }
        assertThat(index.memory() / customers).isBetween(20L * products, most + 24);
    }
}
