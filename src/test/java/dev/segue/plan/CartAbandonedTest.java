// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class CartAbandonedTest {
    private static final String CART_ABANDONED = """
            segment: cart-abandoned
            params: {quiet: 1h, gives_up: 7d}
            when: cart.count() > 0 && activity.within(params.quiet).count() == 0
            until: >-
              cart.count() == 0
              || cart.within(params.quiet).count() > 0
              || cart.within(params.gives_up).count() == 0
            carry:
              items: cart.map(i, i.product_id)
              value: cart.map(i, i.price * i.quantity).sum()
            """;

    @ToldEverywhere
    void entersExactlyOneHourAfterLastActivity(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1", "price=19.90")
                .event("2025-11-01T10:00:30.250Z", "ann", "page_viewed")
                .timeIs("2025-11-01T11:00:30.249Z")
                .expect()
                .timeIs("2025-11-01T11:00:30.250Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:00:30.250Z");
    }

    @ToldEverywhere
    void effectiveAtIsExactHoweverLateTheTick(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-01T15:00:00Z", "ann", "page_viewed")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void deadlineAtInstantOfEventComesFirst(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect(
                        "ann cart-abandoned ENTERED 2025-11-01T11:00:00Z",
                        "ann cart-abandoned EXITED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void endsByCartEventNotByBrowsing(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:30:00Z", "ann", "product_viewed", "product_id=p2")
                .expect()
                .event("2025-11-01T12:40:00Z", "ann", "product_added", "product_id=p2")
                .expect("ann cart-abandoned EXITED 2025-11-01T12:40:00Z")
                .timeIs("2025-11-01T13:39:59.999Z")
                .expect()
                .timeIs("2025-11-01T13:40:00Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T13:40:00Z");
    }

    @ToldEverywhere
    void leavesAfterOneWeek(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .timeIs("2025-12-01T00:00:00Z")
                .expect(
                        "ann cart-abandoned ENTERED 2025-11-01T11:00:00Z",
                        "ann cart-abandoned EXITED 2025-11-08T10:00:00Z");
    }

    @ToldEverywhere
    void leavesWhenLastItemIsRemoved(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1", "quantity=2")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:10:00Z", "ann", "product_removed", "product_id=p1", "quantity=2")
                .expect("ann cart-abandoned EXITED 2025-11-01T12:10:00Z");
    }

    @ToldEverywhere
    void hasEvidenceAndCarry(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1", "price=19.95", "quantity=2")
                .event("2025-11-01T10:01:00Z", "ann", "product_added", "product_id=p7", "price=50")
                .timeIs("2025-11-01T12:00:00Z");
        Change change = scenario.changes().get(0);
        assertThat(change.cause()).isEqualTo(Cause.DEADLINE);
        assertThat(change.evidence())
                .containsExactly(
                        new Evidence("cart.count()", 2L, false, false),
                        new Evidence("activity.within('1h').count()", 0L, false, false));
        assertThat(change.carry()).isEqualTo(Map.of("items", List.of("p1", "p7"), "value", 89.9));
        assertThat(change.detectedAt()).isEqualTo(Instant.parse("2025-11-01T12:00:00Z"));
    }

    @ToldEverywhere
    void lateOrderEmptiesCartOfItsTime(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-01T10:20:00Z", "ann", "product_added", "product_id=p2")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann cart-abandoned ENTERED 2025-11-01T11:20:00Z")
                .event("2025-11-01T10:10:00Z", "ann", "order_completed")
                .expect()
                .event("2025-11-01T10:30:00Z", "ann", "order_completed");
        Change exit = scenario.changes().get(0);
        assertThat(exit.effectiveAt()).isEqualTo(Instant.parse("2025-11-01T12:00:00Z"));
        assertThat(exit.correction()).isTrue();
    }

    @ToldEverywhere
    void duplicateHasNoEffect(Stories stories) {
        Scenario scenario = stories.of(CART_ABANDONED);
        scenario.eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-01T10:01:00Z", "ann", "product_removed", "product_id=p1")
                .eventWithId("x", "2025-11-01T10:02:00Z", "ann", "product_added", "product_id=p1")
                .timeIs("2025-11-02T00:00:00Z")
                .expect();
    }
}
