// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plan.expression.Frame;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.InputProblem.Kind;
import org.junit.jupiter.api.Test;

class EventInspectionTest {
    private static final String AT = "2025-11-01T10:00:00Z";
    private static final String[] READERS = {
        "segment: full\nwhen: cart.count() > 0",
        "segment: filled\nwhen: cart.map(i, i.quantity).sum() > 0.0",
        "segment: buyer\nwhen: purchase.count() > 0",
        "segment: spender\nwhen: purchase.map(o, o.total).sum() > 0.0"
    };

    @Test
    void reportsCartEventWithoutProductOnce() {
        Scenario scenario = Scenario.of(READERS);
        scenario.event(AT, "ann", "product_added", "product_id=").event(AT, "ann", "product_removed");
        scenario.event(AT, "ann", "product_added", "product_id=tent");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.CART_WITHOUT_PRODUCT, ""),
                        new InputProblem(Kind.CART_WITHOUT_PRODUCT, ""));
    }

    @Test
    void acceptsCartEventWithSkuOnly() {
        Scenario scenario = Scenario.of(READERS).event(AT, "ann", "product_added", "sku=TENT-4");
        assertThat(scenario.problems()).isEmpty();
        assertThat(scenario.changes()).hasSize(2);
    }

    @Test
    void reportsFirstUnknownClearedField() {
        Scenario scenario = Scenario.of(READERS)
                .event(AT, "ann", "profile_updated", "cleared=age,tags,timezone,city")
                .event(AT, "ann", "profile_updated", "cleared=age,shoe_size,cleared,event_id")
                .event(AT, "ann", "profile_updated", "cleared=channel");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.UNKNOWN_CLEARED_FIELD, "shoe_size"),
                        new InputProblem(Kind.UNKNOWN_CLEARED_FIELD, "channel"));
    }

    @Test
    void reportsRefundOrCancellationWithoutOrderOnce() {
        Scenario scenario = Scenario.of("segment: looked\nwhen: page_viewed.count() > 0");
        scenario.event(AT, "ann", "order_refunded", "total=5").event(AT, "ann", "order_cancelled", "order_id=");
        scenario.event(AT, "ann", "order_refunded", "order_id=o1").event(AT, "ann", "order_completed");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.REFUND_WITHOUT_ORDER, ""),
                        new InputProblem(Kind.REFUND_WITHOUT_ORDER, ""));
    }

    @Test
    void reportsRefundOfProductsWithoutIdAndSkuOnce() {
        Scenario scenario =
                Scenario.of(READERS).event(AT, "ann", "order_completed", "order_id=o1", "products=tent*3@5");
        scenario.event(AT, "ann", "order_refunded", "order_id=o1", "products=*1@5,*2@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*1@5");
        assertThat(scenario.problems()).containsExactly(new InputProblem(Kind.REFUND_WITHOUT_PRODUCT, ""));
    }

    @Test
    void aQuantityBelow0CountsInOrdersRefundsAndCarts() {
        Scenario scenario = Scenario.of("segment: looked\nwhen: page_viewed.count() > 0");
        scenario.event(AT, "ann", "product_added", "product_id=tent", "quantity=-1")
                .event(AT, "ann", "product_removed", "product_id=tent", "quantity=-2")
                .event(AT, "ann", "order_completed", "order_id=o1", "products=tent*-3@5,mat*-1@5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*-4@5")
                .event(AT, "ann", "product_added", "product_id=tent", "quantity=0");
        assertThat(scenario.problems()).extracting(InputProblem::kind).containsOnly(Kind.NEGATIVE_QUANTITY);
        assertThat(scenario.problems()).extracting(InputProblem::value).containsExactly("-1.0", "-2.0", "-3.0", "-4.0");
    }

    @Test
    void anAmountBelow0CountsExceptThePriceOfALineOfAnOrder() {
        Scenario scenario = Scenario.of("segment: looked\nwhen: page_viewed.count() > 0");
        scenario.event(AT, "ann", "product_added", "product_id=tent", "price=-5")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=-0.5")
                .event(AT, "ann", "order_completed", "order_id=o2", "total=0", "products=tent*1@5,discount*1@-5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "total=-5")
                .event(AT, "ann", "order_refunded", "order_id=o1", "products=tent*1@-2.5");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.NEGATIVE_AMOUNT, "price -5"),
                        new InputProblem(Kind.NEGATIVE_AMOUNT, "total -0.5"),
                        new InputProblem(Kind.NEGATIVE_AMOUNT, "total -5"),
                        new InputProblem(Kind.NEGATIVE_AMOUNT, "price -2.5"));
    }

    @Test
    void aPlaceholderOfAnOrderIdCountsInOrdersRefundsAndCancellations() {
        Scenario scenario = Scenario.of("segment: looked\nwhen: page_viewed.count() > 0");
        scenario.event(AT, "ann", "order_completed", "order_id=undefined")
                .event(AT, "ann", "order_refunded", "order_id= NULL ", "total=5")
                .event(AT, "ann", "order_cancelled", "order_id=0000-00")
                .event(AT, "ann", "order_completed", "order_id=nullable");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.PLACEHOLDER_ORDER_ID, "undefined"),
                        new InputProblem(Kind.PLACEHOLDER_ORDER_ID, " NULL "),
                        new InputProblem(Kind.PLACEHOLDER_ORDER_ID, "0000-00"));
    }

    @Test
    void reportsProblemsOfFieldsThatNoDefinitionReads() {
        Scenario scenario = Scenario.of("segment: looked\nwhen: page_viewed.count() > 0");
        scenario.event(AT, "ann", "product_added");
        assertThat(scenario.problems()).containsExactly(new InputProblem(Kind.CART_WITHOUT_PRODUCT, ""));
    }

    @Test
    void reportsUnknownTimeZoneWhetherHoursAreReadOrNot() {
        for (String definition : new String[] {
            "segment: night\nwhen: activity.exists(a, a.hour < 6)", "segment: some\nwhen: activity.count() > 0"
        }) {
            Scenario scenario = Scenario.of(definition);
            scenario.event(AT, "ann", "page_viewed", "timezone=Mars/Base");
            scenario.event(AT, "ann", "page_viewed", "timezone= EST ").event(AT, "ann", "page_viewed", "timezone= ");
            scenario.event(AT, "ann", "page_viewed");
            assertThat(scenario.problems()).containsExactly(new InputProblem(Kind.UNKNOWN_TIME_ZONE, "Mars/Base"));
        }
    }

    @Test
    void unreadableDateIsNeverUpcomingAndReported() {
        Scenario scenario = Scenario.of("segment: soon\nwhen: yearly(profile.birthday, '3d')");
        scenario.event(AT, "ann", "profile_updated", "birthday=03.11.1990");
        scenario.event(AT, "bob", "profile_updated", "birthday=11-03");
        scenario.event(AT, "cid", "profile_updated", "birthday=1990-11-03");
        scenario.event(AT, "dan", "profile_updated", "birthday=1991-02-29");
        scenario.event(AT, "eve", "profile_updated", "birthday=").event(AT, "eve", "profile_updated", "age=7");
        scenario.timeIs("2025-11-05T00:00:00Z")
                .expect(
                        "bob soon ENTERED 2025-11-01T10:00:00Z",
                        "bob soon EXITED 2025-11-04T00:00:00Z",
                        "cid soon ENTERED 2025-11-01T10:00:00Z",
                        "cid soon EXITED 2025-11-04T00:00:00Z");
        assertThat(scenario.problems())
                .containsExactly(
                        new InputProblem(Kind.UNREADABLE_DATE, "03.11.1990"),
                        new InputProblem(Kind.UNREADABLE_DATE, "1991-02-29"));
    }

    @Test
    void reportsDateWithoutYearForUpcoming() {
        Scenario scenario = Scenario.of("segment: soon\nwhen: upcoming(profile.wedding_date, '3d')");
        scenario.event(AT, "ann", "profile_updated", "wedding_date=11-03");
        scenario.event(AT, "bob", "profile_updated", "wedding_date=2025-11-03");
        assertThat(scenario.problems()).containsExactly(new InputProblem(Kind.UNREADABLE_DATE, "11-03"));
    }

    @Test
    void reportsUnreadableDateInMap() {
        Scenario scenario = Scenario.of(
                "segment: soon\nwhen: \"'jubilee' in profile.tags && yearly(profile.tags['jubilee'], '3d')\"");
        scenario.event(AT, "ann", "profile_updated", "tags=jubilee:3rd of May");
        scenario.event(AT, "bob", "profile_updated", "tags=other:3rd of May");
        assertThat(scenario.problems()).containsExactly(new InputProblem(Kind.UNREADABLE_DATE, "3rd of May"));
    }

    @Test
    void ignoresTextThatIsNotReadAsDate() {
        Scenario scenario = Scenario.of("segment: soon\nwhen: profile.birthday != ''");
        scenario.event(AT, "ann", "profile_updated", "birthday=03.11.1990");
        assertThat(scenario.problems()).isEmpty();
    }

    @Test
    void doesNotReportDuplicateAgain() {
        Scenario scenario = Scenario.of(READERS);
        scenario.eventWithId("e1", AT, "ann", "product_added").eventWithId("e1", AT, "ann", "product_added");
        assertThat(scenario.problems()).hasSize(1);
    }

    @Test
    void keepsFirstProblemOfEachKind() {
        Frame frame = new Frame("an event");
        frame.problem(Kind.UNREADABLE_DATE, "4.3.1990");
        frame.problem(Kind.UNREADABLE_DATE, "soon");
        frame.problem(Kind.UNKNOWN_TIME_ZONE, "Mars");
        assertThat(frame.problems())
                .containsExactly(
                        new InputProblem(Kind.UNREADABLE_DATE, "4.3.1990"),
                        new InputProblem(Kind.UNKNOWN_TIME_ZONE, "Mars"));
    }

    @Test
    void shortensLongText() {
        assertThat(new InputProblem(Kind.UNREADABLE_DATE, "x".repeat(60)).value())
                .isEqualTo("x".repeat(60));
        assertThat(new InputProblem(Kind.UNREADABLE_DATE, "x".repeat(61)).value())
                .isEqualTo("x".repeat(57) + "...");
    }
}
