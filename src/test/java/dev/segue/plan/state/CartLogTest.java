// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CartLogTest {
    private static final Product SHIRT = new Product("shirt", "", "");
    private static final Product SMALL = new Product("shirt", "S", "");
    private static final Product LARGE = new Product("shirt", "L", "");

    private final CartLog cart = new CartLog(List.of("price"));

    private static long units(double pieces) {
        return Millionths.ofQuantity(pieces);
    }

    private void add(long time, Product product, double pieces) {
        add(time, product, pieces, null);
    }

    private void add(long time, Product product, double pieces, Object price) {
        assertThat(cart.insert(new CartLog.Step(time, product, units(pieces), Collections.singletonList(price))))
                .isFalse();
    }

    private void remove(long time, Product product, double pieces) {
        assertThat(cart.insert(new CartLog.Step(time, product, -units(pieces), Collections.singletonList(null))))
                .isFalse();
    }

    private void removeAll(long time, Product product) {
        assertThat(cart.insert(new CartLog.Step(time, product, CartLog.Step.ALL, Collections.singletonList(null))))
                .isFalse();
    }

    private void order(long time) {
        assertThat(cart.insert(CartLog.Step.order(time))).isFalse();
    }

    /** {@code shirt S 2.0}, line by line. */
    private List<String> lines() {
        return cart.lines().stream()
                .map(line -> (line.product().id() + " " + line.product().variant()).strip() + " " + line.pieces())
                .toList();
    }

    @Test
    void addsToLineOfSameProduct() {
        add(10, SMALL, 1);
        add(20, SMALL, 2);
        assertThat(lines()).containsExactly("shirt S 3.0");
    }

    @Test
    void otherVariantIsSeparateLine() {
        add(10, SMALL, 1);
        add(20, LARGE, 1);
        assertThat(lines()).containsExactly("shirt S 1.0", "shirt L 1.0");
    }

    @Test
    void otherSkuIsSeparateLine() {
        add(10, SHIRT, 1);
        add(20, new Product("shirt", "", "sku-1"), 1);
        assertThat(cart.lines()).hasSize(2);
    }

    @Test
    void keepsLinesInOrderOfAddition() {
        add(20, LARGE, 1);
        add(10, SMALL, 1);
        add(30, SMALL, 1);
        assertThat(lines()).containsExactly("shirt S 2.0", "shirt L 1.0");
    }

    @Test
    void removesFromFirstLineFirst() {
        add(10, SMALL, 2);
        add(20, LARGE, 2);
        remove(30, SHIRT, 3);
        assertThat(lines()).containsExactly("shirt L 1.0");
    }

    @Test
    void removesFromNamedVariantOnly() {
        add(10, SMALL, 2);
        add(20, LARGE, 2);
        remove(30, LARGE, 5);
        assertThat(lines()).containsExactly("shirt S 2.0");
    }

    @Test
    void removesWholeProductWithoutQuantity() {
        add(10, SMALL, 2);
        add(10, new Product("hat", "", ""), 1);
        add(20, LARGE, 2);
        removeAll(30, SHIRT);
        assertThat(lines()).containsExactly("hat 1.0");
    }

    @Test
    void removesNoMoreThanPresent() {
        add(10, SHIRT, 2);
        remove(20, SHIRT, 5);
        add(30, SHIRT, 1);
        assertThat(lines()).containsExactly("shirt 1.0");
    }

    @Test
    void quantitiesAreExactToSixDecimals() {
        add(10, SHIRT, 0.1);
        add(20, SHIRT, 0.2);
        assertThat(lines()).containsExactly("shirt 0.3");
        remove(30, SHIRT, 0.299999);
        assertThat(cart.lines().get(0).quantity()).isEqualTo(1);
        remove(40, SHIRT, 0.000001);
        assertThat(cart.lines()).isEmpty();
    }

    @Test
    void orderEmptiesCart() {
        add(10, SHIRT, 1);
        order(20);
        assertThat(cart.lines()).isEmpty();
    }

    @Test
    void lateAdditionBeforeOrderIsNotInCart() {
        order(20);
        add(19, SHIRT, 1);
        assertThat(cart.lines()).isEmpty();
    }

    @Test
    void additionAfterOrderIsInCart() {
        order(20);
        add(21, SHIRT, 1);
        assertThat(lines()).containsExactly("shirt 1.0");
    }

    @Test
    void arrivalDecidesAtInstantOfOrder() {
        add(20, SMALL, 1);
        order(20);
        add(20, LARGE, 1);
        assertThat(lines()).containsExactly("shirt L 1.0");
    }

    @Test
    void lateOrderKeepsLaterAdditions() {
        add(10, SMALL, 1);
        add(30, LARGE, 1);
        order(20);
        assertThat(lines()).containsExactly("shirt L 1.0");
    }

    @Test
    void lateRemovalTakesOnlyEarlierAdditions() {
        add(10, SHIRT, 1);
        add(30, SHIRT, 2);
        removeAll(20, SHIRT);
        assertThat(lines()).containsExactly("shirt 2.0");
    }

    @Test
    void keepsLatestSetDetail() {
        add(10, SHIRT, 1, new BigDecimal("5"));
        add(30, SHIRT, 1, new BigDecimal("7"));
        add(20, SHIRT, 1, new BigDecimal("6"));
        assertThat(cart.lines().get(0).details()).containsExactly(new BigDecimal("7"));
    }

    @Test
    void unsetDetailKeepsEarlierOne() {
        add(10, SHIRT, 1, new BigDecimal("5"));
        add(20, SHIRT, 1);
        assertThat(cart.lines().get(0).details()).containsExactly(new BigDecimal("5"));
    }

    @Test
    void lineHasTimeOfLastChange() {
        add(10, SHIRT, 3);
        add(20, SHIRT, 1);
        remove(30, SHIRT, 1);
        assertThat(cart.lines().get(0).since()).isEqualTo(10);
        assertThat(cart.lines().get(0).time()).isEqualTo(30);
    }

    @Test
    void adoptsDetailsOfOtherPlan() {
        add(10, SHIRT, 1, new BigDecimal("5"));
        cart.keep(List.of("name", "price"));
        assertThat(cart.details()).containsExactly("name", "price");
        assertThat(cart.lines().get(0).details()).isEqualTo(Arrays.asList(null, new BigDecimal("5")));
    }

    /** Steps in any order, with orders and removals; one log is read after each step, the other only at the end. */
    @Test
    void linesAreTheSameHoweverOftenTheyAreRead() {
        Random random = new Random(7);
        for (int run = 0; run < 300; run++) {
            CartLog often = new CartLog(List.of("price"));
            CartLog once = new CartLog(List.of("price"));
            for (int count = random.nextInt(12); count >= 0; count--) {
                CartLog.Step step = randomStep(random);
                often.insert(step);
                once.insert(step);
                if (random.nextInt(10) == 0) {
                    often.halve();
                    once.halve();
                }
                assertThat(often.elements()).hasSameSizeAs(often.lines());
            }
            assertThat(often.lines()).isEqualTo(once.lines());
            assertThat(often.elements()).isEqualTo(once.elements());
        }
    }

    private static CartLog.Step randomStep(Random random) {
        long time = random.nextInt(20);
        Product product = List.of(SHIRT, SMALL, LARGE).get(random.nextInt(3));
        List<Object> price = Collections.singletonList(random.nextBoolean() ? new BigDecimal(random.nextInt(9)) : null);
        return switch (random.nextInt(6)) {
            case 0 -> CartLog.Step.order(time);
            case 1 -> new CartLog.Step(time, product, CartLog.Step.ALL, Collections.singletonList(null));
            case 2 -> new CartLog.Step(time, product, -units(1), Collections.singletonList(null));
            default -> new CartLog.Step(time, product, units(1 + random.nextInt(2)), price);
        };
    }

    @Test
    void elementsAreAnotherListAfterEachChange() {
        add(10, SHIRT, 1, new BigDecimal("5"));
        List<Timed> before = cart.elements();
        assertThat(cart.elements()).isSameAs(before);
        add(20, LARGE, 1);
        assertThat(before).hasSize(1);
        assertThat(cart.elements()).hasSize(2);
        order(30);
        assertThat(cart.elements()).isEmpty();
    }

    @Test
    void elementsHaveTheDetailsOfTheCurrentPlan() {
        add(10, SHIRT, 1, new BigDecimal("5"));
        assertThat(cart.elements().get(0).value())
                .isInstanceOfSatisfying(
                        Map.class, fields -> assertThat(fields.get("price")).isEqualTo(new BigDecimal("5")));
        cart.keep(List.of("name"));
        assertThat(cart.elements().get(0).value())
                .isInstanceOfSatisfying(
                        Map.class, fields -> assertThat(fields.get("price")).isNull());
    }

    private static Product numbered(int number) {
        return new Product("p" + number, "", "");
    }

    private CartLog.Step oneMore(int product) {
        return new CartLog.Step(1_000, numbered(product), OrderLine.ONE_PIECE, Collections.singletonList(null));
    }

    @Test
    void keepsStepsUpToCap() {
        for (int step = 0; step < CartLog.CAP; step++) {
            add(step, numbered(step % 3), 1);
        }
        assertThat(cart.steps()).hasSize(CartLog.CAP);
    }

    @Test
    void mergesStepsBeyondCapIntoLines() {
        for (int step = 0; step < CartLog.CAP; step++) {
            add(step, numbered(step % 3), 1, new BigDecimal(step));
        }
        assertThat(cart.insert(oneMore(0))).isTrue();
        assertThat(lines()).containsExactly("p0 87.0", "p1 85.0", "p2 85.0");
        assertThat(cart.lines().get(1))
                .isEqualTo(new CartLine(numbered(1), units(85), 1, 253, List.of(new BigDecimal("253"))));
        assertThat(cart.steps()).as("two of each line, and the mark").hasSize(7);
    }

    @Test
    void keepsLatest64LinesOfLongCart() {
        for (int step = 0; step < CartLog.CAP; step++) {
            add(step, numbered(step), 1);
        }
        assertThat(cart.insert(oneMore(CartLog.CAP))).isTrue();
        assertThat(lines()).hasSize(64).startsWith("p193 1.0").endsWith("p256 1.0");
        assertThat(cart.clipped()).isTrue();
    }

    /** Three products in more steps than are kept. */
    private void fill() {
        for (int step = 0; step < CartLog.CAP; step++) {
            add(step, numbered(step % 3), 1);
        }
        assertThat(cart.insert(oneMore(0))).isTrue();
        assertThat(cart.clipped()).isFalse();
    }

    @Test
    void stepsInTimeStayExactAfterShortening() {
        fill();
        add(1_000, numbered(1), 1);
        assertThat(cart.clipped()).isFalse();
    }

    @Test
    void lateStepIsInexactAfterShortening() {
        fill();
        remove(999, numbered(1), 1);
        assertThat(cart.clipped()).isTrue();
    }

    @Test
    void markSurvivesNextShortening() {
        fill();
        remove(999, numbered(1), 1);
        for (int step = cart.steps().size(); step < CartLog.CAP; step++) {
            add(1_000, numbered(2), 1);
        }
        assertThat(cart.insert(oneMore(0))).isTrue();
        assertThat(cart.clipped()).isTrue();
    }

    @Test
    void orderEndsInexactness() {
        fill();
        remove(999, numbered(1), 1);
        order(1_000);
        assertThat(cart.clipped()).isFalse();
        assertThat(cart.steps()).hasSize(1);
    }

    @Test
    void lateOrderIsInexactAfterShortening() {
        fill();
        order(999);
        assertThat(cart.clipped()).isTrue();
    }

    @Test
    void lateStepBeforeOrderStaysWithoutEffectAfterShortening() {
        order(-1);
        for (int step = 1; step < CartLog.CAP; step++) {
            add(step, numbered(1), 1);
        }
        assertThat(cart.insert(oneMore(1))).isTrue();
        add(-2, SHIRT, 1);
        assertThat(cart.clipped()).isFalse();
    }

    @Test
    void orderOfLongCartStillEndsLateAdditions() {
        order(0);
        for (int step = 1; step < CartLog.CAP; step++) {
            add(step, numbered(1), 1);
        }
        assertThat(cart.insert(oneMore(1))).isTrue();
        add(-1, SHIRT, 1);
        assertThat(lines()).containsExactly("p1 256.0");
    }

    @Test
    void halvingDropsOlderSteps() {
        for (int step = 0; step < 4; step++) {
            add(step, numbered(step), 1);
        }
        assertThat(cart.halve()).isTrue();
        assertThat(lines()).containsExactly("p2 1.0", "p3 1.0");
        assertThat(cart.clipped()).isTrue();
    }

    @Test
    void halvingEnds() {
        fill();
        int halvings = 0;
        while (cart.halve()) {
            halvings++;
        }
        assertThat(halvings).isLessThan(9);
        assertThat(cart.lines()).isEmpty();
        assertThat(cart.clipped()).isTrue();
    }

    @Test
    void halvingKeepsOrder() {
        order(0);
        add(1, SMALL, 1);
        add(2, LARGE, 1);
        assertThat(cart.halve()).isTrue();
        add(-1, SHIRT, 1);
        assertThat(lines()).containsExactly("shirt L 1.0");
    }

    @Test
    void emptyCartCannotBeHalved() {
        assertThat(cart.halve()).isFalse();
    }
}
