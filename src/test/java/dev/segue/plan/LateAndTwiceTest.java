// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;

class LateAndTwiceTest {
    private static final String TWO_VIEWS = "segment: keen\nwhen: product_viewed.count() >= 2";
    private static final String CART = "segment: has-cart\nwhen: cart.count() > 0";
    private static final String ACTIVE = "segment: active\nwhen: page_viewed.within('1h').count() > 0";

    @ToldEverywhere
    void repeatedIdCountsOnceWhateverItsContent(Stories stories) {
        stories.of(TWO_VIEWS)
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=p1")
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=p1")
                .eventWithId("x", "2025-11-01T10:05:00Z", "ann", "product_viewed", "product_id=p2")
                .eventWithId("x", "2025-11-01T10:06:00Z", "ann", "order_completed")
                .expect()
                .expectDuplicates(3)
                .eventWithId("y", "2025-11-01T10:05:00Z", "ann", "product_viewed", "product_id=p2")
                .expect("ann keen ENTERED 2025-11-01T10:05:00Z")
                .expectDuplicates(0);
    }

    @ToldEverywhere
    void duplicateDoesNotAdvanceTime(Stories stories) {
        stories.of(ACTIVE)
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "page_viewed")
                .expect("ann active ENTERED 2025-11-01T10:00:00Z")
                .eventWithId("x", "2025-11-01T12:00:00Z", "ann", "page_viewed")
                .expect()
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann active EXITED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void sameIdOfOtherCustomerIsNoDuplicate(Stories stories) {
        stories.of("segment: viewer\nwhen: product_viewed.count() >= 1")
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .eventWithId("x", "2025-11-01T10:00:00Z", "bob", "product_viewed")
                .expectDuplicates(0)
                .expect("ann viewer ENTERED 2025-11-01T10:00:00Z", "bob viewer ENTERED 2025-11-01T10:00:00Z");
    }

    @ToldEverywhere
    void detectsDuplicateAfterRestart(Stories stories) {
        stories.of(TWO_VIEWS)
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .restart()
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expectDuplicates(1)
                .expect();
    }

    @ToldEverywhere
    void detectsDuplicateAmongLatestSixteen(Stories stories) {
        Scenario scenario = stories.of(TWO_VIEWS);
        scenario.eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed");
        others(scenario, 15)
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expectDuplicates(1)
                .expect();
    }

    @ToldEverywhere
    void countsRepeatedIdBeyondWindow(Stories stories) {
        Scenario scenario = stories.of(TWO_VIEWS);
        scenario.eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed");
        others(scenario, 16)
                .eventWithId("x", "2025-11-01T10:30:00Z", "ann", "product_viewed")
                .expectDuplicates(0)
                .expect("ann keen ENTERED 2025-11-01T10:30:00Z");
    }

    @ToldEverywhere
    void windowOfOneDetectsOnlyPreviousEvent(Stories stories) {
        stories.of(PlanOptions.defaults().withDedupWindow(1), TWO_VIEWS)
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expectDuplicates(1)
                .eventWithId("y", "2025-11-01T10:00:00Z", "ann", "page_viewed")
                .eventWithId("x", "2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expectDuplicates(0)
                .expect("ann keen ENTERED 2025-11-01T10:00:00Z");
    }

    @ToldEverywhere
    void countsEventOneHourLateAtItsTime(Stories stories) {
        stories.of("segment: keen\nwhen: product_viewed.within('3h').count() >= 2")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed")
                .timeIs("2025-11-01T12:30:00Z")
                .event("2025-11-01T11:30:00Z", "ann", "product_viewed")
                .expect("ann keen ENTERED 2025-11-01T12:30:00Z")
                .timeIs("2025-11-01T14:29:59.999Z")
                .expect()
                .timeIs("2025-11-01T14:30:00Z")
                .expect("ann keen EXITED 2025-11-01T14:30:00Z");
    }

    @ToldEverywhere
    void countsEventOneDayLateForLongWindowsOnly(Stories stories) {
        stories.of(
                        "segment: day\nwhen: product_viewed.within('1d').count() >= 2",
                        "segment: week\nwhen: product_viewed.within('7d').count() >= 2")
                .event("2025-11-02T12:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed")
                .expect("ann week ENTERED 2025-11-02T12:00:00Z")
                .event("2025-11-01T12:00:00.001Z", "ann", "product_viewed")
                .expect("ann day ENTERED 2025-11-02T12:00:00Z")
                .timeIs("2025-11-03T00:00:00Z")
                .expect("ann day EXITED 2025-11-02T12:00:00.001Z");
    }

    @ToldEverywhere
    void eventOlderThanWindowsChangesUnboundedCountsOnly(Stories stories) {
        stories.of(
                        "segment: recent\nwhen: product_viewed.within('7d').count() >= 2",
                        "segment: ever\nwhen: product_viewed.count() >= 2")
                .event("2025-11-20T12:00:00Z", "ann", "product_viewed")
                .event("2020-01-01T12:00:00Z", "ann", "product_viewed")
                .expect("ann ever ENTERED 2025-11-20T12:00:00Z")
                .timeIs("2025-12-20T12:00:00Z")
                .expect();
    }

    @ToldEverywhere
    void orderArrivingBeforeItsCartEmptiesIt(Stories stories) {
        stories.of(CART)
                .event("2025-11-01T10:10:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .expect()
                .event("2025-11-01T10:10:00.001Z", "ann", "product_added", "product_id=p2")
                .expect("ann has-cart ENTERED 2025-11-01T10:10:00.001Z");
    }

    @ToldEverywhere
    void acceptsFiveMinutesAheadForThatCustomerOnly(Stories stories) {
        stories.of(ACTIVE)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:00Z", "bob", "page_viewed")
                .expect("ann active ENTERED 2025-11-01T10:00:00Z", "bob active ENTERED 2025-11-01T10:00:00Z")
                .eventReceived("2025-11-01T10:58:00Z", "2025-11-01T11:03:00Z", "ann", "product_viewed")
                .expectRefused()
                .expect("ann active EXITED 2025-11-01T11:00:00Z")
                .timeIs("2025-11-01T10:59:59.999Z")
                .expect()
                .eventReceived("2025-11-01T10:59:59.999Z", "2025-11-01T10:59:59.999Z", "ann", "page_viewed")
                .expect("ann active ENTERED 2025-11-01T11:03:00Z")
                .timeIs("2025-11-01T11:00:00Z")
                .expect("bob active EXITED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void refusesEventsFurtherAhead(Stories stories) {
        stories.of(ACTIVE)
                .eventReceived("2025-11-01T10:00:00Z", "2025-11-01T10:05:00.001Z", "ann", "page_viewed")
                .expect()
                .expectRefused("impossible-time")
                .eventReceived("2025-11-01T10:00:00Z", "2025-11-01T10:05:00Z", "ann", "page_viewed")
                .expect("ann active ENTERED 2025-11-01T10:05:00Z")
                .expectRefused()
                .eventReceived("2025-11-01T10:01:00Z", "2099-01-01T00:00:00Z", "ann", "order_completed")
                .expectRefused("impossible-time")
                .timeIs("2025-11-01T11:04:59.999Z")
                .expect()
                .timeIs("2025-11-01T11:05:00Z")
                .expect("ann active EXITED 2025-11-01T11:05:00Z");
    }

    @ToldEverywhere
    void exitByLateEventBeforeEntryIsCorrection(Stories stories) {
        assertThat(exitBy(stories, "2025-11-01T10:00:00Z").correction()).isTrue();
        assertThat(exitBy(stories, "2025-11-01T09:59:59.999Z").correction()).isTrue();
    }

    @ToldEverywhere
    void exitByLateEventAfterEntryIsNoCorrection(Stories stories) {
        assertThat(exitBy(stories, "2025-11-01T10:00:00.001Z").correction()).isFalse();
    }

    /** A member since ten; it is eleven when an order that happened earlier arrives. */
    private static Change exitBy(Stories stories, String orderedAt) {
        Scenario scenario = stories.of("segment: looker\nwhen: page_viewed.count() > 0 && order_completed.count() == 0")
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T11:00:00Z", "ann", "product_viewed")
                .expect("ann looker ENTERED 2025-11-01T10:00:00Z")
                .event(orderedAt, "ann", "order_completed");
        Change exit = scenario.changes().get(0);
        assertThat(exit.kind()).isEqualTo(Change.Kind.EXITED);
        assertThat(exit.effectiveAt()).hasToString("2025-11-01T11:00:00Z");
        assertThat(exit.enteredAt()).hasToString("2025-11-01T10:00:00Z");
        return exit;
    }

    @ToldEverywhere
    void exitByTimelyEventIsNoCorrection(Stories stories) {
        Scenario scenario = stories.of("segment: looker\nwhen: page_viewed.count() > 0 && order_completed.count() == 0")
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .expect("ann looker ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed");
        Change exit = scenario.changes().get(0);
        assertThat(exit.kind()).isEqualTo(Change.Kind.EXITED);
        assertThat(exit.correction()).isFalse();
    }

    private static Scenario others(Scenario scenario, int number) {
        for (int other = 0; other < number; other++) {
            scenario.eventWithId("other-" + other, "2025-11-01T10:00:00Z", "ann", "page_viewed");
        }
        return scenario;
    }
}
