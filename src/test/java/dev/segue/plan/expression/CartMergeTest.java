// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static dev.segue.plan.state.CartLog.CAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CartMergeTest {
    private static final String LINES = "cart.map(i, i.product_id + '/' + i.variant)";
    private static final String PIECES = "cart.map(i, i.quantity)";
    private static final String PRICES = "cart.map(i, i.price)";
    private static final String RECENT = "cart.within('1h').count()";

    private final TwoHistories histories = new TwoHistories(LINES, PIECES, PRICES, RECENT, "cart.before('1d').count()");

    private static Event changed(Instant at, String id, SplittableRandom random, int ordersInAHundred) {
        int kind = random.nextInt(100);
        if (kind < ordersInAHundred) {
            return event(at, id, "order_completed");
        }
        List<String> values = new ArrayList<>(List.of("product_id=p" + random.nextInt(4)));
        if (random.nextInt(3) > 0) {
            values.add("quantity=" + List.of("1", "2", "0.5", "0").get(random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            values.add("variant=" + List.of("red", "blue").get(random.nextInt(2)));
        }
        if (random.nextInt(3) == 0) {
            values.add("price=" + random.nextInt(9));
        }
        return event(at, id, kind < 65 ? "product_added" : "product_removed", values.toArray(String[]::new));
    }

    @Test
    void stepsSinceLastOrder() {
        histories.agreeOnFewEvents((at, id, random) -> changed(at, id, random, 10));
    }

    @Test
    void manyStepsAreExactOrMarked() {
        histories.agreeOnManyEvents(
                60,
                700,
                Duration.ofSeconds(30),
                (at, id, random) -> changed(at, id, random, random.nextInt(150) / 149));
        assertThat(histories.reached()).containsOnlyKeys(Limit.CART);
        assertThat(histories.exact()).isPositive();
        assertThat(histories.approximate()).isPositive();
    }

    @Test
    void orderOfOtherIdEmptiesCart() {
        TwoHistories.Id first = histories.id(added(0), added(2));
        first.merge(histories.id(event(START.plusSeconds(1), "o", "order_completed")));
        assertThat(first.value(LINES)).isEqualTo(List.of("p2/"));
    }

    @Test
    void orderOfLaterIdComesLastAtEqualTimes() {
        TwoHistories.Id first = histories.id(added(0));
        first.merge(histories.id(event(START, "o", "order_completed")));
        assertThat(first.value(LINES)).isEqualTo(List.of());
    }

    @Test
    void orderOfEarlierIdComesFirstAtEqualTimes() {
        TwoHistories.Id first = histories.id(event(START, "o", "order_completed"));
        first.merge(histories.id(added(0)));
        assertThat(first.value(LINES)).isEqualTo(List.of("p0/"));
    }

    /** Nothing is lost: all steps were known when they were replaced. */
    @Test
    void stepsBeyondLimitAreReplacedByLines() {
        TwoHistories.Id united = histories.id(many(0, CAP / 2)).merge(histories.id(many(CAP / 2, CAP / 2)));
        assertThat(united.limits()).isEmpty();
        united.merge(histories.id(added(CAP)));
        assertThat(united.limits()).containsExactly(Limit.CART);
        assertThat(united.isApproximate(LINES)).isFalse();
        assertThat(united.value(PIECES)).isEqualTo(List.of(86.0, 86.0, 85.0));
    }

    @Test
    void stepAfterShortenedPartIsExact() {
        TwoHistories.Id united = histories.id(many(0, CAP + 1)).merge(histories.id(added(CAP)));
        assertThat(united.isApproximate(LINES)).isFalse();
    }

    @Test
    void stepBeforeEndOfShortenedPartIsMarked() {
        assertThat(histories
                        .id(many(0, CAP + 1))
                        .merge(histories.id(added(CAP - 1)))
                        .isApproximate(LINES))
                .isTrue();
        assertThat(histories
                        .id(added(CAP))
                        .merge(histories.id(many(0, CAP + 1)))
                        .isApproximate(LINES))
                .as("it arrived earlier")
                .isTrue();
    }

    @Test
    void inexactCartOfEitherIdStaysMarked() {
        for (boolean isFirst : List.of(true, false)) {
            TwoHistories.Id inexact = histories.id(many(0, CAP + 1)).add(List.of(added(CAP - 1)));
            TwoHistories.Id later = histories.id(added(CAP + 1));
            assertThat((isFirst ? inexact.merge(later) : later.merge(inexact)).isApproximate(LINES))
                    .isTrue();
        }
    }

    @Test
    void orderAfterShortenedPartEndsMark() {
        TwoHistories.Id united = histories.id(many(0, CAP + 1)).merge(histories.id(added(CAP - 1)));
        united.merge(histories.id(event(START.plusSeconds(CAP), "o", "order_completed")));
        assertThat(united.isApproximate(LINES)).isFalse();
        assertThat(united.value(LINES)).isEqualTo(List.of());
    }

    @Test
    void lateStepBeforeEndOfShortenedPartIsMarked() {
        TwoHistories.Id full = histories.id(many(0, CAP + 1));
        assertThat(full.isApproximate(LINES)).isFalse();
        full.add(List.of(added(CAP)));
        assertThat(full.isApproximate(LINES)).isFalse();
        full.add(List.of(added(CAP - 1)));
        assertThat(full.isApproximate(LINES)).isTrue();
    }

    private static Event added(int second) {
        return event(START.plusSeconds(second), "a" + second, "product_added", "product_id=p" + second % 3);
    }

    private static Event[] many(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(CartMergeTest::added)
                .toArray(Event[]::new);
    }
}
