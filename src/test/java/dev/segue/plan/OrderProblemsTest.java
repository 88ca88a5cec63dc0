// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.InputProblem.Kind;
import org.junit.jupiter.api.Test;

/** Problems of orders and refunds that show only in what the customer ordered before. */
class OrderProblemsTest {
    private static final String AT = "2025-11-01T10:00:00Z";
    private static final String LATER = "2025-11-20T10:00:00Z";

    private final Scenario scenario = Scenario.of(
            "segment: buyer\nwhen: purchase.within('7d').count() > 0",
            "segment: owner\nwhen: item_bought.within('7d').count() > 0");

    private void expect(InputProblem... problems) {
        assertThat(scenario.problems()).containsExactly(problems);
    }

    @Test
    void aRefundOrCancellationOfAnOrderOfNobodyCounts() {
        scenario.event(AT, "ann", "order_refunded", "order_id=o1", "total=5")
                .event(AT, "bob", "order_completed", "order_id=o1", "total=5")
                .event(AT, "ann", "order_cancelled", "order_id=o2")
                .event(AT, "bob", "order_refunded", "order_id=o1", "total=5");
        expect(
                new InputProblem(Kind.REFUND_OF_UNKNOWN_ORDER, "o1"),
                new InputProblem(Kind.REFUND_OF_UNKNOWN_ORDER, "o2"));
    }

    @Test
    void aRefundOfAnOrderThatIsCancelledOrTooOldIsNoProblem() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "total=5")
                .event(AT, "ann", "order_cancelled", "order_id=o1")
                .event(AT, "ann", "order_refunded", "order_id=o1", "total=5")
                .event(AT, "ann", "order_completed", "order_id=o2", "total=5")
                .event(LATER, "ann", "order_completed", "order_id=o3", "total=5")
                .event(LATER, "ann", "order_refunded", "order_id=o2", "total=5");
        expect();
    }

    @Test
    void aRefundOfProductsThatAreNotInItsOrderCounts() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "products=tent*1@5,mat*1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=stove*1@5,lamp*1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "total=5", "products=stove*1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=stove*1@5,tent*1@5");
        expect(
                new InputProblem(Kind.REFUND_OF_UNKNOWN_PRODUCT, "o1"),
                new InputProblem(Kind.REFUND_OF_UNKNOWN_PRODUCT, "o1"));
    }

    @Test
    void aRefundOfProductsOfAnOrderWithoutLinesNeedsATotal() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "total=20")
                .event(AT, "ann", "order_refunded", "order_id=o1", "total=5", "products=tent*1@5");
        expect();
        scenario.event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*1@5");
        expect(new InputProblem(Kind.REFUND_OF_UNKNOWN_PRODUCT, "o1"));
    }

    @Test
    void aSecondRefundOfAProductIsNoProblem() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "products=tent*1@5,mat*1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*1@5");
        expect();
    }

    @Test
    void anOrderThatIsAnnouncedOtherwiseCounts() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "products=tent*1@5")
                .event(AT, "ann", "order_completed", "order_id=o1", "products=mat*1@5")
                .event(AT, "ann", "order_completed", "order_id=o1", "products=mat*2@5")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=8", "products=mat*2@5");
        InputProblem changed = new InputProblem(Kind.CHANGED_ORDER, "o1");
        expect(changed, changed, changed);
    }

    @Test
    void anOrderThatIsAnnouncedAlikeIsNoProblem() {
        scenario.event(AT, "ann", "order_completed", "order_id=o1", "total=5", "products=tent*1@5")
                .event(LATER, "ann", "order_completed", "order_id=o1", "total=5.0", "coupon=X", "products=tent*1@5.00")
                .event(AT, "bob", "order_completed", "order_id=o1", "total=7")
                .event(AT, "ann", "order_completed", "total=5")
                .event(AT, "ann", "order_completed", "total=6");
        expect();
    }

    @Test
    void nothingIsCountedWhereNoDefinitionReadsOrders() {
        Scenario cart = Scenario.of("segment: full\nwhen: cart.count() > 0")
                .event(AT, "ann", "order_refunded", "order_id=o1", "total=5");
        assertThat(cart.problems()).isEmpty();
    }
}
