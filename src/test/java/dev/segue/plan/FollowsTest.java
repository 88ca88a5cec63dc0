// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;

class FollowsTest {
    private static final String BOUGHT_SOON =
            "segment: s\nwhen: order_completed.follows(product_viewed, '1h').count() > 0";

    @ToldEverywhere
    void countsExactlyTheGapLater(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void ignoresOneMillisecondMore(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:00:00.001Z", "ann", "order_completed")
                .expect();
    }

    @ToldEverywhere
    void countsAtTheSameInstantIfArrivedLater(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z");
    }

    @ToldEverywhere
    void ignoresTheSameInstantIfArrivedEarlier(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expect();
    }

    @ToldEverywhere
    void isNeverBeforeItself(Stories stories) {
        stories.of("segment: s\nwhen: product_viewed.follows(product_viewed, '1h').count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:00:00.001Z", "ann", "product_viewed")
                .expect()
                .event("2025-11-01T11:00:00.001Z", "ann", "product_viewed")
                .expect("ann s ENTERED 2025-11-01T11:00:00.001Z");
    }

    /** The second view is in both streams. */
    @ToldEverywhere
    void streamsMayOverlap(Stories stories) {
        stories.of("""
                        segment: s
                        when: >-
                          product_viewed.filter(v, v.price > 1.0).follows(product_viewed.filter(v, v.price < 3.0), '1h')
                          .map(v, v.price).sum() >= 6.0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "price=1")
                .event("2025-11-01T10:10:00Z", "ann", "product_viewed", "price=2")
                .event("2025-11-01T10:20:00Z", "ann", "product_viewed", "price=3")
                .expect()
                .event("2025-11-01T11:10:00Z", "ann", "product_viewed", "price=4")
                .expect("ann s ENTERED 2025-11-01T11:10:00Z");
    }

    @ToldEverywhere
    void lateElementBeforeMakesItFollow(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .event("2025-11-01T09:59:59.999Z", "ann", "product_viewed")
                .expect()
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void lateElementFollowsWhatIsThere(Stories stories) {
        stories.of(BOUGHT_SOON)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T12:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect("ann s ENTERED 2025-11-01T12:00:00Z");
    }

    /** The view is older than the window, but not by more than the gap. */
    @ToldEverywhere
    void windowKeepsWhatElementsFollow(Stories stories) {
        stories.of("segment: s\nwhen: order_completed.follows(product_viewed, '1h').within('10m').count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:09:59.999Z", "ann", "page_viewed")
                .event("2025-11-01T11:09:59.999Z", "ann", "product_viewed")
                .restart()
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect("ann s ENTERED 2025-11-01T11:09:59.999Z")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann s EXITED 2025-11-01T11:10:00Z");
    }

    @ToldEverywhere
    void narrowingsBeforeAndAfterAreTheSame(Stories stories) {
        stories.of("""
                        segment: a
                        when: order_completed.within('1d').filter(o, o.total > 5.0).follows(product_viewed, '1h').count() > 0
                        """, """
                        segment: b
                        when: order_completed.follows(product_viewed, '1h').filter(o, o.total > 5.0).within('1d').count() > 0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "total=5")
                .expect()
                .event("2025-11-01T10:02:00Z", "ann", "order_completed", "total=6")
                .expect("ann a ENTERED 2025-11-01T10:02:00Z", "ann b ENTERED 2025-11-01T10:02:00Z")
                .timeIs("2025-11-03T00:00:00Z")
                .expect("ann a EXITED 2025-11-02T10:02:00Z", "ann b EXITED 2025-11-02T10:02:00Z");
    }

    /** The latest order, if it follows a view, and the latest of those that do. */
    @ToldEverywhere
    void lastBeforeAndAfterDiffer(Stories stories) {
        stories.of(
                        "segment: after\nwhen: order_completed.follows(product_viewed, '1h').last(1).count() > 0",
                        "segment: before\nwhen: order_completed.last(1).follows(product_viewed, '1h').count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed")
                .expect("ann after ENTERED 2025-11-01T10:01:00Z", "ann before ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "order_completed")
                .expect("ann before EXITED 2025-11-01T12:00:00Z");
    }

    /** Only the latest order is looked at, and it is too small. */
    @ToldEverywhere
    void filterAfterLastAppliesToTheLast(Stories stories) {
        stories.of(
                        "segment: s\nwhen: order_completed.last(1).filter(o, o.total > 5.0).follows(product_viewed, '1h').count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "total=6")
                .expect("ann s ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T10:02:00Z", "ann", "order_completed", "total=5")
                .expect("ann s EXITED 2025-11-01T10:02:00Z");
    }

    @ToldEverywhere
    void isTheStreamOfAfterAndOfGroups(Stories stories) {
        stories.of(
                        "segment: a\nwhen: page_viewed.after(order_completed.follows(product_viewed, '1h')).count() == 0",
                        """
                        segment: g
                        when: >-
                          product_added.follows(page_viewed, '1h').groupBy(p, p.product_id).exists(g, g.count() >= 2)
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-01T10:02:00Z", "ann", "product_added", "product_id=p2")
                .event("2025-11-01T10:03:00Z", "ann", "order_completed")
                .event("2025-11-01T10:04:00Z", "ann", "product_viewed")
                .expect()
                .event("2025-11-01T10:05:00Z", "ann", "product_added", "product_id=p2")
                .event("2025-11-01T10:06:00Z", "ann", "order_completed")
                .expect("ann g ENTERED 2025-11-01T10:05:00Z", "ann a ENTERED 2025-11-01T10:06:00Z")
                .event("2025-11-01T10:07:00Z", "ann", "page_viewed")
                .expect("ann a EXITED 2025-11-01T10:07:00Z");
    }

    @ToldEverywhere
    void readsFieldsOfTheElements(Stories stories) {
        Scenario scenario = stories.of("""
                segment: s
                when: order_completed.follows(product_viewed, '1h').exists(o, o.total > 10.0)
                carry:
                  total: order_completed.follows(product_viewed, '1h').latest().total
                  coupon: has(order_completed.follows(product_viewed, '1h').latest().coupon)
                  share: order_completed.follows(product_viewed, '1h').share(o, o.coupon == 'x')
                  ids: order_completed.follows(product_viewed, '1h').map(o, o.order_id).distinct()
                """);
        scenario.event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o0", "total=20")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:02:00Z", "ann", "order_completed", "order_id=o1", "total=9", "coupon=x")
                .event("2025-11-01T10:03:00Z", "ann", "order_completed", "order_id=o2", "total=11");
        Change entered = scenario.changes().get(0);
        assertThat(entered.effectiveAt()).hasToString("2025-11-01T10:03:00Z");
        assertThat(entered.carry())
                .containsEntry("total", 11.0)
                .containsEntry("coupon", false)
                .containsEntry("share", 0.5)
                .containsEntry("ids", java.util.List.of("o1", "o2"));
    }

    @ToldEverywhere
    void conditionsMayReadTheProfile(Stories stories) {
        stories.of("""
                        segment: s
                        when: >-
                          order_completed.filter(o, o.coupon == profile.favourite).follows(product_viewed, '1h').count() > 0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "coupon=x")
                .expect()
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "favourite=x")
                .expect("ann s ENTERED 2025-11-01T10:02:00Z");
    }

    @ToldEverywhere
    void elementOfTheOtherStreamWithoutAValueMakesTheConditionFail(Stories stories) {
        Scenario scenario = stories.of("""
                segment: s
                when: product_viewed.follows(order_completed.filter(o, int(o.coupon) > 1), '1h').count() > 0
                """);
        scenario.event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=2")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed")
                .expect("ann s ENTERED 2025-11-01T10:01:00Z")
                .event("2025-11-01T10:02:00Z", "ann", "order_completed", "coupon=x")
                .expect("ann s EXITED 2025-11-01T10:02:00Z");
        assertThat(scenario.failures()).contains("s");
    }

    /** A later condition on the same element does not spare it the one that has no value. */
    @ToldEverywhere
    void elementWithoutAValueFailsWhateverIsWrittenAfterIt(Stories stories) {
        Scenario scenario = stories.of("""
                segment: s
                when: >-
                  order_completed.filter(o, int(o.coupon) > 1).filter(o, o.total > 5.0).follows(product_viewed, '1h')
                  .count() == 0
                """);
        scenario.event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=2", "total=1")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "coupon=x", "total=1")
                .expect("ann s EXITED 2025-11-01T10:01:00Z");
        assertThat(scenario.failures()).contains("s");
    }

    /** There are no groups, but the stream that they are split from has no value. */
    @ToldEverywhere
    void groupsFailWithTheStreamThatTheyComeAfter(Stories stories) {
        Scenario scenario = stories.of("""
                segment: s
                when: >-
                  product_viewed.after(order_completed.follows(page_viewed.filter(p, 1 / p.seconds > 0), '1h'))
                  .groupBy(v, v.product_id).all(g, g.count() > 1)
                """);
        scenario.event("2025-11-01T10:00:00Z", "ann", "page_viewed", "seconds=1")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T10:01:00Z", "ann", "page_viewed", "seconds=0")
                .expect("ann s EXITED 2025-11-01T10:01:00Z");
        assertThat(scenario.failures()).contains("s");
    }

    @ToldEverywhere
    void relatesToSeveralStreams(Stories stories) {
        stories.of("""
                        segment: s
                        when: >-
                          order_completed.follows(product_viewed, '1h').follows(page_viewed, '10m')
                          .unanswered(product_added, '5m').count() > 0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:50:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:51:00Z", "ann", "order_completed")
                .event("2025-11-01T10:55:59.999Z", "ann", "product_added")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect()
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:05:00Z");
    }
}
