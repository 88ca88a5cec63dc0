// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.DAY;
import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static dev.segue.plan.state.Ledger.CAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerMergeTest {
    private static final String ORDERS = "purchase.count()";
    private static final String TOTALS = "purchase.map(p, p.total)";
    private static final String WITHIN_DAY = "purchase.within('1d').count()";

    private static Event ordered(Instant at, String id, SplittableRandom random, int orders) {
        List<String> values = new ArrayList<>();
        int order = random.nextInt(orders + 1);
        if (order > 0) {
            values.add("order_id=o" + order);
        }
        int kind = random.nextInt(10);
        if (kind == 0) {
            return event(at, id, "order_cancelled", values.toArray(String[]::new));
        }
        if (random.nextBoolean()) {
            values.add("total=" + random.nextInt(kind < 4 ? 6 : 40));
        }
        if (random.nextBoolean()) {
            values.add("products=" + line(random) + (random.nextBoolean() ? "," + line(random) : ""));
        }
        if (kind < 4) {
            return event(at, id, "order_refunded", values.toArray(String[]::new));
        }
        values.add("coupon=c" + random.nextInt(3));
        return event(at, id, "order_completed", values.toArray(String[]::new));
    }

    private static String line(SplittableRandom random) {
        return "p" + random.nextInt(3) + "*" + random.nextInt(4) + "@" + random.nextInt(9);
    }

    @Test
    void ordersWithRefunds() {
        new TwoHistories(
                        ORDERS,
                        TOTALS,
                        "purchase.map(p, p.coupon)",
                        "purchase.map(p, p.order_id).distinct()",
                        "purchase.map(p, p.hour)",
                        "purchase.first().total",
                        "purchase.within('1h').map(p, p.total).sum()",
                        "item_bought.map(i, i.product_id)",
                        "item_bought.map(i, i.quantity).sum()",
                        "item_bought.groupBy(i, i.product_id).map(g, g.map(i, i.quantity).sum())",
                        "purchase.exists(p, p.products.exists(q, q.quantity > 2.0))")
                .agreeOnFewEvents((at, id, random) -> ordered(at, id, random, 5));
    }

    @Test
    void ordersOlderThanEveryWindow() {
        new TwoHistories(
                        "purchase.within('1h').count()",
                        "purchase.within('1d').map(p, p.total)",
                        "item_bought.within('1h').map(i, i.quantity).sum()")
                .agreeOnFewEvents((at, id, random) -> ordered(at, id, random, 5));
    }

    @Test
    void manyOrdersAreExactOrMarked() {
        TwoHistories histories = new TwoHistories(ORDERS, TOTALS, WITHIN_DAY, "purchase.within('1h').count()")
                .agreeOnManyEvents(
                        6, 2_200, Duration.ofSeconds(10), (at, id, random) -> ordered(at, id, random, 1_500));
        assertThat(histories.reached()).containsOnlyKeys(Limit.ORDERS);
        assertThat(histories.approximate()).isPositive();
    }

    @Test
    void manyOrdersOlderThanWindowAreExactOrMarked() {
        TwoHistories histories = new TwoHistories("purchase.within('1h').count()")
                .agreeOnManyEvents(
                        6, 2_200, Duration.ofSeconds(20), (at, id, random) -> ordered(at, id, random, 1_500));
        assertThat(histories.exact()).isPositive();
    }

    @Test
    void orderOfBothIdsIsOneOrder() {
        TwoHistories histories = new TwoHistories(TOTALS, "purchase.map(p, p.hour)");
        TwoHistories.Id first = histories.id(order(3600, "o1", 5), order(7200, "o2", 7));
        first.merge(histories.id(order(0, "o2", 8), order(3600, "o1", 6)));
        assertThat(first.value(TOTALS)).as("latest content").isEqualTo(List.of(7.0, 6.0));
        assertThat(first.value("purchase.map(p, p.hour)")).as("first instant").isEqualTo(List.of(10L, 11L));
    }

    @Test
    void orderCancelledUnderOtherIdIsGone() {
        TwoHistories histories = new TwoHistories(TOTALS);
        TwoHistories.Id first = histories.id(order(0, "o1", 5));
        first.merge(histories.id(event(START, "c", "order_cancelled", "order_id=o1")));
        assertThat(first.value(TOTALS)).isEqualTo(List.of());
        assertThat(first.add(List.of(order(9, "o1", 5))).value(TOTALS)).isEqualTo(List.of());
    }

    @Test
    void orderBecomesTooOldByEarlierAnnouncement() {
        for (int millis : List.of(0, 1)) {
            TwoHistories histories = new TwoHistories(WITHIN_DAY);
            TwoHistories.Id first = histories.id(event(START.plus(DAY), "a", "order_completed", "order_id=o1"));
            first.merge(histories.id(event(START.plusMillis(millis), "b", "order_completed", "order_id=o1")));
            assertThat(first.value(WITHIN_DAY)).isEqualTo((long) millis);
        }
    }

    @Test
    void oldestOrdersBeyondLimitAreDropped() {
        TwoHistories histories = new TwoHistories(ORDERS);
        TwoHistories.Id united = histories.id(orders(0, CAP / 2)).merge(histories.id(orders(CAP / 2, CAP / 2)));
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(ORDERS)).isFalse();
        united.merge(histories.id(orders(CAP, 2)));
        assertThat(united.limits()).containsExactly(Limit.ORDERS, Limit.ORDERS);
        assertThat(united.isApproximate(ORDERS)).isTrue();
        assertThat(united.value(ORDERS)).isEqualTo((long) CAP);
    }

    @Test
    void oldestRefundsBeyondLimitAreDropped() {
        TwoHistories histories = new TwoHistories(TOTALS);
        TwoHistories.Id first = histories.id(refunds(0, CAP)).merge(histories.id(order(0, "o1", 1_000)));
        assertThat(first.isApproximate(TOTALS)).isFalse();
        first.merge(histories.id(refunds(CAP, 1)));
        assertThat(first.limits()).containsExactly(Limit.ORDERS);
        assertThat(first.isApproximate(TOTALS)).isTrue();
    }

    @Test
    void refundsApplyInOrderOfTime() {
        TwoHistories histories = new TwoHistories(TOTALS);
        Event order = event(START, "o", "order_completed", "order_id=o1", "total=20", "products=p1*1@9,p2*1@1");
        TwoHistories.Id first = histories.id(order, returned(20, "p1*1@5"));
        first.merge(histories.id(returned(10, "p1*1@3")));
        assertThat(first.value(TOTALS)).isEqualTo(List.of(17.0));
    }

    @Test
    void refundsApplyInOrderOfArrivalAtEqualTimes() {
        TwoHistories histories = new TwoHistories(TOTALS);
        Event order = event(START, "o", "order_completed", "order_id=o1", "total=20", "products=p1*1@9,p2*1@1");
        TwoHistories.Id first = histories.id(returned(10, "p1*1@5"));
        first.merge(histories.id(order, returned(10, "p1*1@3")));
        assertThat(first.value(TOTALS)).isEqualTo(List.of(15.0));
    }

    @Test
    void refundsOfRemovedOrderMakeRoom() {
        TwoHistories histories = new TwoHistories(TOTALS);
        TwoHistories.Id first = histories.id(refunds(0, CAP));
        first.merge(histories.id(event(START, "c", "order_cancelled", "order_id=o1")));
        first.merge(histories.id(event(START, "r", "order_refunded", "order_id=o2", "total=1")));
        assertThat(first.limits()).isEmpty();
        assertThat(first.isApproximate(TOTALS)).isFalse();
    }

    @Test
    void ordersOlderThanWindowMakeRoom() {
        TwoHistories histories = new TwoHistories(WITHIN_DAY);
        TwoHistories.Id first = histories.id(orders(0, CAP));
        first.merge(histories.id(order(2 * 86_400, "late", 1)));
        assertThat(first.limits()).isEmpty();
        assertThat(first.isApproximate(WITHIN_DAY)).isFalse();
        assertThat(first.value(WITHIN_DAY)).isEqualTo(1L);
    }

    @Test
    void droppedOrdersOfEitherIdStayMarked() {
        TwoHistories histories = new TwoHistories(ORDERS);
        TwoHistories.Id known = histories.id(order(CAP, "o" + CAP, 1));
        TwoHistories.Id united = known.merge(histories.id(orders(0, CAP + 1)));
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(ORDERS)).isTrue();
    }

    @Test
    void idsOfRemovedOrdersBeyondLimitAreDropped() {
        int most = 4 * CAP;
        TwoHistories histories = new TwoHistories(ORDERS);
        TwoHistories.Id united = histories.id(cancellations(0, most)).merge(histories.id(cancellations(5, most - 5)));
        assertThat(united.limits()).as("both have cancelled the same").isEmpty();
        united.merge(histories.id(cancellations(most, 1)));
        assertThat(united.limits()).containsExactly(Limit.ORDERS);
        assertThat(united.isApproximate(ORDERS)).isTrue();
    }

    @Test
    void groupsLeftOutByMergingAreReported() {
        String often = "item_bought.groupBy(i, i.product_id).exists(g, g.count() > 1)";
        TwoHistories histories = new TwoHistories(often);
        TwoHistories.Id united = histories.id(sales(0, Keyed.CAP)).merge(histories.id(sales(3, Keyed.CAP)));
        assertThat(united.limits()).containsExactly(Limit.GROUPS, Limit.GROUPS, Limit.GROUPS);
        assertThat(united.isApproximate(often)).isTrue();
    }

    private static Event order(int second, String orderId, int total) {
        return event(
                START.plusSeconds(second), "e" + second, "order_completed", "order_id=" + orderId, "total=" + total);
    }

    private static Event[] orders(int from, int number) {
        return numbered(from, number, index -> order(index, "o" + index, 1));
    }

    private static Event[] refunds(int from, int number) {
        return numbered(
                from,
                number,
                index -> event(START.plusSeconds(index), "r" + index, "order_refunded", "order_id=o1", "total=1"));
    }

    private static Event returned(int second, String line) {
        return event(START.plusSeconds(second), "r" + second, "order_refunded", "order_id=o1", "products=" + line);
    }

    private static Event[] cancellations(int from, int number) {
        return numbered(
                from,
                number,
                index -> event(START.plusSeconds(index), "c" + index, "order_cancelled", "order_id=o" + index));
    }

    private static Event[] sales(int from, int number) {
        return numbered(
                from,
                number,
                index ->
                        event(START.plusSeconds(index), "s" + index, "order_completed", "products=p" + index + "*1@1"));
    }

    private static Event[] numbered(int from, int number, IntFunction<Event> event) {
        return IntStream.range(from, from + number).mapToObj(event).toArray(Event[]::new);
    }
}
