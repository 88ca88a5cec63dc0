// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.value.Millionths;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final long TIME = 86_400_000;
    private static final Product SHIRT = new Product("shirt", "", "");
    private static final Product SMALL = new Product("shirt", "S", "");

    private static Millionths money(String amount) {
        return Millionths.of(new BigDecimal(amount));
    }

    private static OrderLine line(String id, String variant, double pieces, String price) {
        return new OrderLine(
                Map.of("product_id", id, "variant", variant, "price", new BigDecimal(price)),
                Millionths.ofQuantity(pieces));
    }

    private static Order order(String total, OrderLine... lines) {
        return new Order(
                TIME, "o1", TIME, total == null ? null : money(total), Map.of("channel", "app"), List.of(lines));
    }

    private static Refund amount(String total) {
        return new Refund(TIME, "o1", money(total), List.of());
    }

    private static Refund returned(Refund.Returned... products) {
        return new Refund(TIME, "o1", null, List.of(products));
    }

    /** At the order's own price; without a quantity, 0. */
    private static Refund.Returned product(Product product, double pieces) {
        return new Refund.Returned(product, Millionths.ofQuantity(pieces), null);
    }

    private static Settlement settle(Order order, Refund... refunds) {
        return new Settlement(order, Arrays.asList(refunds));
    }

    private static Map<?, ?> purchase(Settlement settlement) {
        return (Map<?, ?>) settlement.purchase().value();
    }

    private static Object total(Settlement settlement) {
        return purchase(settlement).get("total");
    }

    private static List<Object> quantities(Settlement settlement) {
        return settlement.items().stream()
                .map(item -> (Object) ((Map<?, ?>) item.value()).get("quantity"))
                .toList();
    }

    @Test
    void refundsStatedQuantity() {
        Settlement settlement = settle(order("60", line("shirt", "S", 3, "20")), returned(product(SHIRT, 1)));
        assertThat(quantities(settlement)).containsExactly(2.0);
        assertThat(total(settlement)).isEqualTo(40.0);
    }

    @Test
    void refundsFirstLineFirst() {
        Order order = order("50", line("shirt", "S", 2, "10"), line("shirt", "L", 3, "10"));
        assertThat(quantities(settle(order, returned(product(SHIRT, 3))))).containsExactly(2.0);
    }

    @Test
    void refundsAllRemainingWithoutQuantity() {
        Order order = order("90", line("shirt", "S", 3, "20"), line("hat", "", 1, "30"));
        Settlement settlement = settle(order, returned(product(SHIRT, 1)), returned(product(SHIRT, 0)));
        assertThat(quantities(settlement)).containsExactly(1.0);
        assertThat(total(settlement)).isEqualTo(30.0);
    }

    @Test
    void keepsOtherVariant() {
        Order order = order("20", line("shirt", "L", 1, "20"));
        assertThat(quantities(settle(order, returned(product(SMALL, 1))))).containsExactly(1.0);
    }

    @Test
    void ignoresProductNotOrdered() {
        Order order = order("20", line("shirt", "L", 1, "20"));
        assertThat(total(settle(order, returned(product(new Product("hat", "", ""), 1)))))
                .isEqualTo(20.0);
    }

    @Test
    void refundsNoMoreThanOrdered() {
        Order order = order("60", line("shirt", "S", 3, "20"), line("hat", "", 1, "0"));
        assertThat(total(settle(order, returned(product(SHIRT, 9))))).isEqualTo(0.0);
    }

    @Test
    void statedAmountTakesPrecedence() {
        Order order = order("60", line("shirt", "S", 3, "20"));
        Refund refund = new Refund(TIME, "o1", money("5"), List.of(product(SHIRT, 1)));
        assertThat(total(settle(order, refund))).isEqualTo(55.0);
        assertThat(quantities(settle(order, refund))).containsExactly(2.0);
    }

    @Test
    void usesPriceOfRefund() {
        Refund.Returned returned = new Refund.Returned(SHIRT, Millionths.ofQuantity(2), money("15"));
        assertThat(total(settle(order("60", line("shirt", "S", 3, "20")), returned(returned))))
                .isEqualTo(30.0);
    }

    @Test
    void usesPriceOfOrderWithoutRefundPrice() {
        Order order = order("50", line("shirt", "S", 1, "20"), line("shirt", "L", 1, "30"));
        assertThat(total(settle(order, returned(product(SHIRT, 2))))).isEqualTo(0.0);
    }

    @Test
    void roundsPriceTimesQuantityHalfEven() {
        Order order = order("1", line("shirt", "", 10, "0.000001"));
        Refund refund = returned(product(SHIRT, 0.5), product(SHIRT, 1.5));
        assertThat(total(settle(order, refund))).as("0.0000005 and 0.0000015").isEqualTo(0.999998);
    }

    @Test
    void refundsAddUp() {
        assertThat(total(settle(order("10"), amount("3"), amount("4")))).isEqualTo(3.0);
    }

    @Test
    void standsWhileMillionthOfTotalRemains() {
        assertThat(settle(order("10"), amount("9.999999")).stands()).isTrue();
        assertThat(settle(order("10"), amount("10")).stands()).isFalse();
    }

    @Test
    void standsWhileMillionthOfPieceRemains() {
        Order order = order(null, line("shirt", "S", 1, "20"));
        assertThat(settle(order, returned(product(SHIRT, 0.999999))).stands()).isTrue();
        assertThat(settle(order, returned(product(SHIRT, 1))).stands()).isFalse();
    }

    @Test
    void doesNotStandWithoutPieces() {
        Order order = order("60", line("shirt", "S", 1, "20"));
        assertThat(settle(order, returned(product(SHIRT, 1))).stands()).isFalse();
    }

    @Test
    void doesNotStandWithoutMoney() {
        assertThat(settle(order("60", line("shirt", "S", 3, "20")), amount("60"))
                        .stands())
                .isFalse();
    }

    @Test
    void orderWithTotalZeroStands() {
        assertThat(settle(order("0")).stands()).isTrue();
        assertThat(settle(order("0"), amount("5")).stands()).isTrue();
    }

    @Test
    void orderWithoutTotalStandsAfterRefundOfAmount() {
        assertThat(settle(order(null), amount("5")).stands()).isTrue();
    }

    @Test
    void unsetTotalStaysUnset() {
        assertThat(purchase(settle(order(null), amount("5"))).containsKey("total"))
                .isFalse();
    }

    @Test
    void purchaseHasTimeAndFieldsOfOrder() {
        Settlement settlement = settle(order("10"));
        assertThat(settlement.purchase().time()).isEqualTo(TIME);
        assertThat(purchase(settlement))
                .isEqualTo(Map.of("channel", "app", "time", Instant.ofEpochMilli(TIME), "total", 10.0));
    }

    @Test
    void whollyRefundedLineIsNoItem() {
        Order order = order("50", line("shirt", "S", 1, "20"), line("hat", "", 1, "30"));
        assertThat(quantities(settle(order, returned(product(SHIRT, 1))))).hasSize(1);
    }

    @Test
    void itemHasTimeAndChannelOfOrder() {
        Settlement settlement = settle(order("20", line("shirt", "S", 1, "20")));
        Map<?, ?> item = (Map<?, ?>) settlement.items().get(0).value();
        assertThat(item.get("time")).isEqualTo(Instant.ofEpochMilli(TIME));
        assertThat(item.get("channel")).isEqualTo("app");
    }

    @Test
    void itemHasAgeOfProductAtOrder() {
        OrderLine line = new OrderLine(
                Map.of("product_id", "shirt", "launched_at", Instant.ofEpochMilli(TIME / 2)), OrderLine.ONE_PIECE);
        Settlement settlement = settle(order("20", line));
        assertThat(((Map<?, ?>) settlement.items().get(0).value()).get("age_days"))
                .isEqualTo(0.5);
    }

    @Test
    void itemWithoutLaunchDateHasNoAge() {
        Settlement settlement = settle(order("20", line("shirt", "S", 1, "20")));
        assertThat(((Map<?, ?>) settlement.items().get(0).value()).containsKey("age_days"))
                .isFalse();
    }
}
