// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();
    private final List<Limit> reached = new ArrayList<>();

    private static Order order(long time, String id, long total) {
        OrderLine line = new OrderLine(Map.of("product_id", "shirt"), OrderLine.ONE_PIECE);
        return new Order(time, id, time, Millionths.of(total), Map.of("order_id", id), List.of(line));
    }

    private boolean announce(long time, String id, long total) {
        return ledger.announce(order(time, id, total), Long.MIN_VALUE, reached::add, () -> {}, time);
    }

    private boolean refund(long time, String id, long amount) {
        return ledger.addRefund(new Refund(time, id, Millionths.of(amount), List.of()), reached::add);
    }

    private boolean removeOrder(String id) {
        return ledger.removeOrder(id, reached::add);
    }

    /** {@code o1 10.0}, order by order. */
    private List<String> purchases() {
        return ledger.purchases().stream()
                .map(purchase -> (Map<?, ?>) purchase.value())
                .map(purchase -> purchase.get("order_id") + " " + purchase.get("total"))
                .toList();
    }

    private List<String> ids() {
        return ledger.orders().stream().map(Order::orderId).toList();
    }

    @Test
    void keepsOrdersInOrderOfTime() {
        announce(20, "o2", 2);
        announce(10, "o1", 1);
        assertThat(purchases()).containsExactly("o1 1.0", "o2 2.0");
    }

    @Test
    void repeatedAnnouncementIsOneOrder() {
        announce(10, "o1", 1);
        assertThat(announce(20, "o1", 2)).isTrue();
        assertThat(purchases()).containsExactly("o1 2.0");
        assertThat(ledger.purchases().get(0).time()).isEqualTo(10);
    }

    @Test
    void equalAnnouncementChangesNoResult() {
        announce(10, "o1", 1);
        assertThat(announce(20, "o1", 1)).isFalse();
    }

    @Test
    void lateFirstAnnouncementMovesOrder() {
        announce(20, "o1", 1);
        announce(25, "o2", 2);
        announce(30, "o1", 3);
        announce(26, "o2", 4);
        announce(10, "o2", 5);
        assertThat(purchases()).containsExactly("o2 4.0", "o1 3.0");
    }

    @Test
    void orderWithoutIdIsSeparate() {
        announce(10, "", 1);
        announce(20, "", 1);
        assertThat(ledger.purchases()).hasSize(2);
    }

    @Test
    void keepsOrderOneMillisecondInsideWindow() {
        ledger.announce(order(10, "o1", 1), 9, reached::add, () -> {}, 10);
        assertThat(ids()).containsExactly("o1");
    }

    @Test
    void dropsOrderOnWindowBorder() {
        ledger.announce(order(10, "o1", 1), 10, reached::add, () -> {}, 10);
        assertThat(ids()).isEmpty();
    }

    @Test
    void expiredOrderStaysRemovedWhenAnnouncedAgain() {
        ledger.announce(order(10, "o1", 1), 10, reached::add, () -> {}, 10);
        assertThat(announce(20, "o1", 1)).isFalse();
        assertThat(ledger.purchases()).isEmpty();
    }

    @Test
    void refundLowersTotal() {
        announce(10, "o1", 10);
        assertThat(refund(20, "o1", 4)).isTrue();
        assertThat(purchases()).containsExactly("o1 6.0");
    }

    @Test
    void refundBeforeOrderLowersTotal() {
        refund(20, "o1", 4);
        announce(30, "o1", 10);
        assertThat(purchases()).containsExactly("o1 6.0");
    }

    @Test
    void whollyRefundedOrderDoesNotStand() {
        announce(10, "o1", 10);
        refund(20, "o1", 4);
        refund(30, "o1", 6);
        assertThat(ledger.purchases()).isEmpty();
        assertThat(ledger.items()).isEmpty();
    }

    @Test
    void newTotalIsReducedByEarlierRefunds() {
        announce(10, "o1", 10);
        refund(20, "o1", 4);
        announce(30, "o1", 20);
        assertThat(purchases()).containsExactly("o1 16.0");
    }

    @Test
    void otherOrderKeepsTotal() {
        announce(10, "o1", 10);
        announce(10, "o2", 10);
        refund(20, "o1", 4);
        assertThat(purchases()).containsExactly("o1 6.0", "o2 10.0");
    }

    @Test
    void cancelledOrderDoesNotStand() {
        announce(10, "o1", 10);
        assertThat(removeOrder("o1")).isTrue();
        assertThat(ledger.purchases()).isEmpty();
    }

    @Test
    void cancelledOrderStaysRemovedWhenAnnouncedAgain() {
        announce(10, "o1", 10);
        removeOrder("o1");
        assertThat(announce(20, "o1", 10)).isFalse();
        assertThat(ledger.purchases()).isEmpty();
    }

    @Test
    void orderCancelledBeforeAnnouncementDoesNotStand() {
        removeOrder("o1");
        announce(20, "o1", 10);
        assertThat(ledger.purchases()).isEmpty();
    }

    @Test
    void ignoresRefundOfRemovedOrder() {
        removeOrder("o1");
        assertThat(refund(20, "o1", 1)).isFalse();
        assertThat(removeOrder("o1")).isFalse();
        assertThat(ledger.refunds()).isEmpty();
    }

    @Test
    void removesRefundsWithOrder() {
        refund(10, "o1", 1);
        refund(10, "o2", 1);
        removeOrder("o1");
        assertThat(ledger.refunds()).extracting(Refund::orderId).containsExactly("o2");
    }

    private void fill(int orders) {
        for (int number = 0; number < orders; number++) {
            announce(number, "o" + number, 1);
        }
    }

    @Test
    void keepsOrdersUpToCap() {
        fill(Ledger.CAP);
        assertThat(reached).isEmpty();
        assertThat(ledger.orders()).hasSize(Ledger.CAP);
        assertThat(ledger.clipped()).isFalse();
    }

    @Test
    void dropsOldestOrderBeyondCap() {
        fill(Ledger.CAP + 1);
        assertThat(reached).containsExactly(Limit.ORDERS);
        assertThat(ids()).hasSize(Ledger.CAP).doesNotContain("o0");
        assertThat(ledger.clipped()).isTrue();
    }

    @Test
    void orderDroppedByLimitStaysRemoved() {
        fill(Ledger.CAP + 1);
        assertThat(announce(1_000, "o0", 1)).isFalse();
        assertThat(ids()).doesNotContain("o0");
    }

    @Test
    void dropsOldestRefundBeyondCap() {
        for (int number = 0; number <= Ledger.CAP; number++) {
            assertThat(reached).isEmpty();
            refund(number, "o" + number, 1);
        }
        assertThat(reached).containsExactly(Limit.ORDERS);
        assertThat(ledger.refunds()).hasSize(Ledger.CAP);
        assertThat(ledger.refunds().get(0).orderId()).isEqualTo("o1");
    }

    @Test
    void dropsIdOfEarliestRemovedOrderBeyondCap() {
        for (int number = 0; number <= Ledger.GONE_CAP; number++) {
            assertThat(reached).isEmpty();
            removeOrder("o" + number);
        }
        assertThat(reached).containsExactly(Limit.ORDERS);
        assertThat(announce(10, "o0", 1)).isTrue();
        assertThat(announce(10, "o1", 1)).isFalse();
    }

    @Test
    void halvingDropsOlderHalfOfOrders() {
        fill(4);
        assertThat(ledger.halve()).isTrue();
        assertThat(purchases()).containsExactly("o2 1.0", "o3 1.0");
        assertThat(ledger.clipped()).isTrue();
    }

    @Test
    void orderDroppedByHalvingStaysRemoved() {
        fill(4);
        ledger.halve();
        assertThat(announce(10, "o0", 1)).isFalse();
    }

    @Test
    void halvingDropsOlderHalfOfRefunds() {
        refund(10, "o1", 1);
        refund(20, "o2", 1);
        assertThat(ledger.halve()).isTrue();
        assertThat(ledger.refunds()).extracting(Refund::orderId).containsExactly("o2");
    }

    @Test
    void halvingWithoutOrdersDropsIds() {
        removeOrder("o1");
        removeOrder("o2");
        assertThat(ledger.halve()).isTrue();
        assertThat(announce(10, "o1", 1)).isTrue();
        assertThat(announce(10, "o2", 1)).isFalse();
    }

    @Test
    void emptyLedgerCannotBeHalved() {
        assertThat(ledger.halve()).isFalse();
    }

    @Test
    void countsLinesBeforeRefunds() {
        announce(10, "o1", 10);
        announce(20, "o2", 10);
        refund(30, "o1", 10);
        assertThat(ledger.lines()).isEqualTo(2);
    }

    /** Records the orders that it must count. */
    private static final class Counter implements LedgerCounter {
        private final List<String> counted = new ArrayList<>();

        @Override
        public AggregateStates of(Ledger ledger, int aggregate) {
            counted.add("all " + ledger.orders().size());
            return new AggregateStates();
        }

        @Override
        public void count(AggregateStates states, int aggregate, Settlement order, long now) {
            counted.add("one more at " + now + " in " + aggregate);
        }
    }

    private List<String> countedAfter(Runnable event) {
        Counter counter = new Counter();
        announce(10, "o1", 10);
        ledger.counts(counter, 1);
        event.run();
        ledger.counts(counter, 1);
        return counter.counted;
    }

    @Test
    void addsOnlyNewOrderToCounts() {
        assertThat(countedAfter(() -> announce(20, "o2", 10))).containsExactly("all 1", "one more at 20 in 1");
    }

    @Test
    void recomputesCountsAfterRefund() {
        assertThat(countedAfter(() -> refund(20, "o1", 1))).containsExactly("all 1", "all 1");
    }

    @Test
    void recomputesCountsAfterCancellation() {
        assertThat(countedAfter(() -> removeOrder("o1"))).containsExactly("all 1", "all 0");
    }

    @Test
    void recomputesCountsAfterRepeatedAnnouncement() {
        assertThat(countedAfter(() -> announce(20, "o1", 11))).containsExactly("all 1", "all 1");
    }

    @Test
    void computesOnlyAggregatesThatAreNeeded() {
        Counter counter = new Counter();
        announce(10, "o1", 10);
        ledger.counts(counter, 1);
        ledger.counts(counter, 2);
        ledger.counts(counter, 1);
        assertThat(counter.counted).containsExactly("all 1", "all 1");
    }

    @Test
    void dropsUnusedCounts() {
        assertThat(countedAfter(() -> ledger.keepCounts(List.of()))).containsExactly("all 1", "all 1");
    }
}
