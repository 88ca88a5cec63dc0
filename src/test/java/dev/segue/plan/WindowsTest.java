// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.util.List;

class WindowsTest {
    @ToldEverywhere
    void countsInsideWindowOnly(Stories stories) {
        stories.of("segment: keen\nwhen: product_viewed.within('10m').count() >= 3")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:05:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:10:00Z", "ann", "product_viewed")
                .expect()
                .event("2025-11-01T10:14:59.999Z", "ann", "product_viewed")
                .expect("ann keen ENTERED 2025-11-01T10:14:59.999Z")
                .timeIs("2025-11-01T11:00:00Z")
                .expect("ann keen EXITED 2025-11-01T10:15:00Z");
    }

    @ToldEverywhere
    void countsLateEventAtItsOwnTime(Stories stories) {
        stories.of("segment: keen\nwhen: product_viewed.within('10m').count() >= 3")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:05:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:02:00Z", "ann", "product_viewed")
                .expect("ann keen ENTERED 2025-11-01T10:05:00Z")
                .timeIs("2025-11-01T11:00:00Z")
                .expect("ann keen EXITED 2025-11-01T10:11:00Z");
    }

    @ToldEverywhere
    void beforeHoldsExactlyAtAge(Stories stories) {
        stories.of("""
                        segment: one-time-buyer
                        when: order_completed.count() == 1 && order_completed.before('30d').count() == 1
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .timeIs("2025-12-01T09:59:59.999Z")
                .expect()
                .timeIs("2025-12-01T10:00:00Z")
                .expect("ann one-time-buyer ENTERED 2025-12-01T10:00:00Z")
                .event("2025-12-05T10:00:00Z", "ann", "order_completed")
                .expect("ann one-time-buyer EXITED 2025-12-05T10:00:00Z");
    }

    @ToldEverywhere
    void afterSelectsElementsLaterThanOtherStream(Stories stories) {
        stories.of("segment: a\nwhen: checkout_started.after(order_completed).count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .expect("ann a ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:05:00Z", "ann", "order_completed")
                .expect("ann a EXITED 2025-11-01T10:05:00Z")
                .event("2025-11-01T10:05:00Z", "ann", "checkout_started")
                .expect()
                .event("2025-11-01T10:05:00.001Z", "ann", "checkout_started")
                .expect("ann a ENTERED 2025-11-01T10:05:00.001Z");
    }

    @ToldEverywhere
    void elementsBeforeOrderReturnWhenOrderExpires(Stories stories) {
        stories.of("segment: a\nwhen: product_viewed.after(order_completed.within('1h')).count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:30:00Z", "ann", "order_completed")
                .timeIs("2025-11-02T00:00:00Z")
                .expect(
                        "ann a ENTERED 2025-11-01T10:00:00Z",
                        "ann a EXITED 2025-11-01T10:30:00Z",
                        "ann a ENTERED 2025-11-01T11:30:00Z");
    }

    @ToldEverywhere
    void distinctCountsEachValueAtLatestOccurrence(Stories stories) {
        Scenario scenario = stories.of("""
                segment: curious
                when: product_viewed.within('14d').map(v, v.product_id).distinct().count() >= 2
                carry: {seen: "product_viewed.within('14d').map(v, v.product_id).distinct()"}
                """);
        scenario.event("2025-11-01T00:00:00Z", "ann", "product_viewed", "product_id=p1")
                .event("2025-11-02T00:00:00Z", "ann", "product_viewed", "product_id=p1")
                .expect()
                .event("2025-11-03T00:00:00Z", "ann", "product_viewed", "product_id=p2")
                .event("2025-11-04T00:00:00Z", "ann", "product_viewed", "product_id=p1");
        Change entered = scenario.changes().get(0);
        assertThat(entered.carry()).containsEntry("seen", List.of("p1", "p2"));
        assertThat(entered.evidence())
                .containsExactly(new Evidence(
                        "product_viewed.within('14d').map(v, v.product_id).distinct().count()", 2L, true, false));
        scenario.timeIs("2025-11-20T00:00:00Z").expect("ann curious EXITED 2025-11-17T00:00:00Z");
    }

    @ToldEverywhere
    void sumsMoneyExactly(Stories stories) {
        Scenario scenario = stories.of("""
                segment: spender
                when: order_completed.map(o, o.total).sum() >= 0.3
                """);
        scenario.event("2025-11-01T00:00:00Z", "ann", "order_completed", "total=0.1")
                .event("2025-11-02T00:00:00Z", "ann", "order_completed", "total=0.2")
                .expect("ann spender ENTERED 2025-11-02T00:00:00Z");
    }

    @ToldEverywhere
    void failingConditionIsFalseAndReported(Stories stories) {
        Scenario scenario = stories.of(
                "segment: bad\nwhen: 1 / order_completed.count() > 0", "segment: good\nwhen: page_viewed.count() > 0");
        scenario.event("2025-11-01T00:00:00Z", "ann", "page_viewed")
                .expect("ann good ENTERED 2025-11-01T00:00:00Z")
                .event("2025-11-01T00:00:01Z", "ann", "order_completed")
                .expect("ann bad ENTERED 2025-11-01T00:00:01Z");
        assertThat(scenario.failures()).containsExactly("bad");
    }

    @ToldEverywhere
    void evaluatesEveryDefinitionForAnyCustomer(Stories stories) {
        stories.of("segment: never-ordered\nwhen: order_completed.count() == 0")
                .event("2025-11-01T00:00:00Z", "ann", "page_viewed")
                .expect("ann never-ordered ENTERED 2025-11-01T00:00:00Z");
    }

    @ToldEverywhere
    void newPlanReevaluatesAndEndsRemovedMemberships(Stories stories) {
        stories.of("segment: a\nwhen: product_viewed.count() >= 1", "segment: b\nwhen: product_viewed.count() >= 1")
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed")
                .expect("ann a ENTERED 2025-11-01T00:00:00Z", "ann b ENTERED 2025-11-01T00:00:00Z")
                .becomes(
                        "segment: b\nwhen: product_viewed.count() >= 2",
                        "segment: c\nwhen: product_viewed.count() == 1")
                .timeIs("2025-11-01T01:00:00Z")
                .expect(
                        "ann a EXITED 2025-11-01T01:00:00Z",
                        "ann b EXITED 2025-11-01T01:00:00Z",
                        "ann c ENTERED 2025-11-01T01:00:00Z");
    }
}
