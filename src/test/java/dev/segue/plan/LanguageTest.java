// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

class LanguageTest {
    @ToldEverywhere
    void lastSelectsLatestFew(Stories stories) {
        stories.of("segment: coupons\nwhen: order_completed.last(2).share(o, o.coupon != '') == 1.0")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-02T10:00:00Z", "ann", "order_completed", "coupon=A")
                .expect()
                .event("2025-11-03T10:00:00Z", "ann", "order_completed", "coupon=B")
                .expect("ann coupons ENTERED 2025-11-03T10:00:00Z");
    }

    @ToldEverywhere
    void filterAfterLastSeesLatestFewOnly(Stories stories) {
        stories.of("segment: a\nwhen: order_completed.last(2).filter(o, o.coupon == 'A').count() == 1")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=A")
                .expect("ann a ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-02T10:00:00Z", "ann", "order_completed")
                .expect()
                .event("2025-11-03T10:00:00Z", "ann", "order_completed")
                .expect("ann a EXITED 2025-11-03T10:00:00Z");
    }

    @ToldEverywhere
    void isOverdueToTheMillisecond(Stories stories) {
        stories.of("segment: due\nwhen: order_completed.overdue(1.5)")
                .event("2025-11-01T00:00:00Z", "ann", "order_completed")
                .event("2025-11-11T00:00:00Z", "ann", "order_completed")
                .event("2025-11-23T00:00:00Z", "ann", "order_completed")
                .timeIs("2025-12-09T11:59:59.999Z")
                .expect()
                .timeIs("2025-12-09T12:00:00Z")
                .expect("ann due ENTERED 2025-12-09T12:00:00Z")
                .event("2025-12-10T00:00:00Z", "ann", "order_completed")
                .expect("ann due EXITED 2025-12-10T00:00:00Z");
    }

    @ToldEverywhere
    void hoursAndWeekdaysUseEventTimeZone(Stories stories) {
        stories.of("segment: night\nwhen: page_viewed.exists(e, e.hour == 1 && e.weekday == 7)")
                .event("2025-11-01T23:30:00Z", "ann", "page_viewed")
                .event("2025-11-01T23:40:00Z", "ann", "page_viewed", "timezone=Nowhere/Land")
                .expect()
                .event("2025-11-02T00:30:00Z", "ann", "page_viewed", "timezone=Europe/Berlin")
                .expect("ann night ENTERED 2025-11-02T00:30:00Z");
    }

    @ToldEverywhere
    void daysUseEventTimeZone(Stories stories) {
        stories.of("segment: two-days\nwhen: page_viewed.map(e, e.day).distinct().count() == 2")
                .event("2025-11-01T22:59:59.999Z", "ann", "page_viewed", "timezone=Europe/Berlin")
                .event("2025-11-01T22:59:59.999Z", "bob", "page_viewed")
                .event("2025-11-01T23:00:00Z", "bob", "page_viewed")
                .expect()
                .event("2025-11-01T23:00:00Z", "ann", "page_viewed", "timezone=Europe/Berlin")
                .expect("ann two-days ENTERED 2025-11-01T23:00:00Z");
    }

    @ToldEverywhere
    void ordersAndLinesHaveDay(Stories stories) {
        stories.of(
                        "segment: order\nwhen: purchase.latest().day == 20394",
                        "segment: line\nwhen: item_bought.exists(i, i.day == 20394)")
                .event("2025-11-01T23:59:59.999Z", "ann", "order_completed", "products=p1*1@1")
                .expect()
                .event("2025-11-02T00:00:00Z", "ann", "order_completed", "products=p1*1@1")
                .expect("ann line ENTERED 2025-11-02T00:00:00Z", "ann order ENTERED 2025-11-02T00:00:00Z");
    }

    @ToldEverywhere
    void configuredZoneIsFallback(Stories stories) {
        PlanOptions berlin = PlanOptions.defaults().withZone(ZoneId.of("Europe/Berlin"));
        stories.of(
                        berlin,
                        "segment: night\nwhen: page_viewed.exists(e, e.hour == 1)",
                        "segment: xmas\nwhen: yearly('12-25', '1d')")
                .event("2025-07-01T23:30:00Z", "ann", "page_viewed", "timezone=Nowhere/Land")
                .expect("ann night ENTERED 2025-07-01T23:30:00Z")
                .timeIs("2026-01-01T00:00:00Z")
                .expect("ann xmas ENTERED 2025-12-23T23:00:00Z", "ann xmas EXITED 2025-12-25T23:00:00Z");
    }

    @ToldEverywhere
    void yearlyHoldsFromFirstDayBeforeToEndOfDate(Stories stories) {
        stories.of("segment: birthday-soon\nwhen: yearly(profile.birthday, '14d')")
                .event(
                        "2025-01-01T00:00:00Z",
                        "ann",
                        "profile_updated",
                        "birthday=1990-03-01",
                        "timezone=Europe/Berlin")
                .expect()
                .timeIs("2026-01-01T00:00:00Z")
                .expect(
                        "ann birthday-soon ENTERED 2025-02-14T23:00:00Z",
                        "ann birthday-soon EXITED 2025-03-01T23:00:00Z");
    }

    @ToldEverywhere
    void upcomingHoldsOnce(Stories stories) {
        stories.of("segment: wedding-soon\nwhen: upcoming(profile.wedding_date, '30d')")
                .event("2025-01-01T00:00:00Z", "ann", "profile_updated", "wedding_date=2025-06-30")
                .event("2025-01-01T00:00:00Z", "bob", "profile_updated", "wedding_date=2025-02-30")
                .timeIs("2028-01-01T00:00:00Z")
                .expect(
                        "ann wedding-soon ENTERED 2025-05-31T00:00:00Z",
                        "ann wedding-soon EXITED 2025-07-01T00:00:00Z");
    }

    @ToldEverywhere
    void conditionUsesCurrentProfile(Stories stories) {
        stories.of("segment: match\nwhen: product_viewed.filter(v, v.category == profile.favourite).count() >= 2")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "category=shoes")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "category=shoes")
                .expect()
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "favourite=shoes")
                .expect("ann match ENTERED 2025-11-01T10:02:00Z")
                .event("2025-11-01T10:03:00Z", "ann", "profile_updated", "favourite=hats")
                .expect("ann match EXITED 2025-11-01T10:03:00Z");
    }

    @ToldEverywhere
    void profileMapsMergeKeyByKey(Stories stories) {
        stories.of("segment: vip\nwhen: has(profile.tags) && 'vip' in profile.tags && 'new' in profile.tags")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "tags=vip:yes")
                .expect()
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "tags=new:yes")
                .expect("ann vip ENTERED 2025-11-01T10:02:00Z");
    }

    @ToldEverywhere
    void purchasesAreEffectiveOrders(Stories stories) {
        stories.of(
                        "segment: buyer\nwhen: purchase.count() >= 2",
                        "segment: spender\nwhen: purchase.map(p, p.total).sum() >= 15.0")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o1", "total=10")
                .event("2025-11-02T10:00:00Z", "ann", "order_completed", "order_id=o2", "total=10")
                .expect("ann buyer ENTERED 2025-11-02T10:00:00Z", "ann spender ENTERED 2025-11-02T10:00:00Z")
                .event("2025-11-03T10:00:00Z", "ann", "order_refunded", "order_id=o1", "total=6")
                .expect("ann spender EXITED 2025-11-03T10:00:00Z")
                .event("2025-11-04T10:00:00Z", "ann", "order_refunded", "order_id=o1", "total=4")
                .expect("ann buyer EXITED 2025-11-04T10:00:00Z")
                .event("2025-11-05T10:00:00Z", "ann", "order_completed", "order_id=o3", "total=1")
                .expect("ann buyer ENTERED 2025-11-05T10:00:00Z")
                .event("2025-11-06T10:00:00Z", "ann", "order_cancelled", "order_id=o3")
                .expect("ann buyer EXITED 2025-11-06T10:00:00Z");
    }

    @ToldEverywhere
    void refundOfProductsRemovesLines(Stories stories) {
        stories.of("segment: fan\nwhen: item_bought.filter(i, i.product_id == 'p1').count() >= 2")
                .event(
                        "2025-11-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=5",
                        "products=p1*1@2,p2*1@3")
                .event("2025-11-02T10:00:00Z", "ann", "order_completed", "order_id=o2", "total=2", "products=p1*1@2")
                .expect("ann fan ENTERED 2025-11-02T10:00:00Z")
                .event("2025-11-03T10:00:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*1@2")
                .expect("ann fan EXITED 2025-11-03T10:00:00Z");
    }

    @ToldEverywhere
    void repeatedAnnouncementsAreOneOrder(Stories stories) {
        stories.of(
                        "segment: twice\nwhen: purchase.count() >= 2",
                        "segment: spender\nwhen: purchase.map(p, p.total).sum() >= 15.0")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o1", "total=10")
                .event("2025-11-01T10:00:03Z", "ann", "order_completed", "order_id=o1", "total=10")
                .expect()
                .event("2025-11-02T10:00:00Z", "ann", "order_completed", "order_id=o1", "total=15")
                .expect("ann spender ENTERED 2025-11-02T10:00:00Z")
                .event("2025-11-02T09:00:00Z", "ann", "order_completed", "order_id=o1", "total=11")
                .expect()
                .event("2025-11-03T10:00:00Z", "ann", "order_completed", "order_id=o2", "total=1")
                .expect("ann twice ENTERED 2025-11-03T10:00:00Z");
    }

    @ToldEverywhere
    void returnedUnitIsRefundedAtOrderPrice(Stories stories) {
        stories.of(
                        "segment: units\nwhen: item_bought.map(i, i.quantity).sum() >= 2.0",
                        "segment: spender\nwhen: purchase.map(p, p.total).sum() >= 20.0",
                        "segment: buyer\nwhen: purchase.count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o1", "products=p1*3@10")
                .expect(
                        "ann buyer ENTERED 2025-11-01T10:00:00Z",
                        "ann spender ENTERED 2025-11-01T10:00:00Z",
                        "ann units ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-02T10:00:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*1@10")
                .expect()
                .event("2025-11-03T10:00:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*1@10")
                .expect("ann spender EXITED 2025-11-03T10:00:00Z", "ann units EXITED 2025-11-03T10:00:00Z")
                .event("2025-11-04T10:00:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*9@10")
                .expect("ann buyer EXITED 2025-11-04T10:00:00Z");
    }

    @ToldEverywhere
    void evaluatesEachGroup(Stories stories) {
        Scenario scenario = stories.of("""
                segment: keen-on-product
                when: product_added.groupBy(p, p.product_id).exists(g, g.within('7d').count() >= 2 && g.after(order_completed).count() > 0)
                carry: {products: "product_added.groupBy(p, p.product_id).filter(g, g.count() >= 2).map(g, g.latest().product_id)"}
                """);
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=p1")
                .event("2025-11-02T10:00:00Z", "ann", "product_added", "product_id=p2")
                .expect()
                .event("2025-11-03T10:00:00Z", "ann", "product_added", "product_id=p1");
        Change entered = scenario.changes().get(0);
        assertThat(entered.carry()).isEqualTo(Map.of("products", List.of("p1")));
        assertThat(entered.evidence()).hasSize(1);
        scenario.timeIs("2025-11-20T00:00:00Z").expect("ann keen-on-product EXITED 2025-11-08T10:00:00Z");
    }

    @ToldEverywhere
    void segmentReadsOtherSegment(Stories stories) {
        stories.of(
                        "segment: z-viewer\nwhen: product_viewed.within('1h').count() > 0",
                        "segment: a-keen\nwhen: in_segment('z-viewer') && page_viewed.count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed")
                .expect("ann z-viewer ENTERED 2025-11-01T10:01:00Z", "ann a-keen ENTERED 2025-11-01T10:01:00Z")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann z-viewer EXITED 2025-11-01T11:01:00Z", "ann a-keen EXITED 2025-11-01T11:01:00Z");
    }

    @ToldEverywhere
    void groupChoosesFirstTrueChoice(Stories stories) {
        stories.of("""
                        group: usage-level
                        first:
                          heavy-user: order_completed.within('90d').count() >= 2
                          light-user: order_completed.count() >= 1
                        """)
                .event("2025-01-01T00:00:00Z", "ann", "order_completed")
                .expect("ann light-user ENTERED 2025-01-01T00:00:00Z")
                .event("2025-01-02T00:00:00Z", "ann", "order_completed")
                .expect("ann light-user EXITED 2025-01-02T00:00:00Z", "ann heavy-user ENTERED 2025-01-02T00:00:00Z")
                .timeIs("2025-12-01T00:00:00Z")
                .expect("ann heavy-user EXITED 2025-04-01T00:00:00Z", "ann light-user ENTERED 2025-04-01T00:00:00Z");
    }

    @ToldEverywhere
    void traitUpdatesValue(Stories stories) {
        Scenario scenario = stories.of("""
                trait: favourite
                when: product_viewed.within('90d').count() >= 2
                value: product_viewed.within('90d').map(v, v.category).most().value
                """);
        scenario.event("2025-01-01T00:00:00Z", "ann", "product_viewed", "category=b")
                .expect()
                .event("2025-01-02T00:00:00Z", "ann", "product_viewed", "category=a")
                .event("2025-01-03T00:00:00Z", "ann", "product_viewed", "category=b")
                .timeIs("2026-01-01T00:00:00Z");
        List<Change> changes = scenario.changes();
        assertThat(changes)
                .extracting(change -> change.kind() + " " + change.value() + " " + change.effectiveAt())
                .containsExactly(
                        "ENTERED a 2025-01-02T00:00:00Z",
                        "UPDATED b 2025-01-03T00:00:00Z",
                        "UPDATED a 2025-04-01T00:00:00Z",
                        "EXITED null 2025-04-02T00:00:00Z");
        assertThat(changes.get(1).evidence())
                .contains(new Evidence(
                        "product_viewed.within('90d').map(v, v.category).most()",
                        Map.of("value", "b", "count", 2L, "share", 2.0 / 3),
                        false,
                        false));
    }

    @ToldEverywhere
    void forRequiresUninterruptedCondition(Stories stories) {
        stories.of("segment: steady\nwhen: page_viewed.within('10m').count() > 0\nfor: 15m")
                .event("2025-01-01T00:00:00Z", "ann", "page_viewed")
                .event("2025-01-01T00:09:00Z", "ann", "page_viewed")
                .timeIs("2025-01-01T00:14:59.999Z")
                .expect()
                .timeIs("2025-01-01T01:00:00Z")
                .expect("ann steady ENTERED 2025-01-01T00:15:00Z", "ann steady EXITED 2025-01-01T00:19:00Z")
                .event("2025-01-01T02:00:00Z", "ann", "page_viewed")
                .timeIs("2025-01-01T03:00:00Z")
                .expect();
    }

    @ToldEverywhere
    void cooldownDelaysReentry(Stories stories) {
        stories.of("segment: lively\nwhen: page_viewed.within('10m').count() > 0\ncooldown: 1h")
                .event("2025-01-01T00:00:00Z", "ann", "page_viewed")
                .timeIs("2025-01-01T00:30:00Z")
                .expect("ann lively ENTERED 2025-01-01T00:00:00Z", "ann lively EXITED 2025-01-01T00:10:00Z")
                .event("2025-01-01T01:05:00Z", "ann", "page_viewed")
                .expect()
                .timeIs("2025-01-01T01:09:59.999Z")
                .expect()
                .timeIs("2025-01-01T01:10:00Z")
                .expect("ann lively ENTERED 2025-01-01T01:10:00Z");
    }

    @ToldEverywhere
    void computesAveragesMediansAndExtremes(Stories stories) {
        Scenario scenario = stories.of("""
                segment: a
                when: order_completed.count() == 4
                carry:
                  avg: order_completed.map(o, o.total).avg()
                  min: order_completed.map(o, o.total).min()
                  max: order_completed.map(o, o.total).max()
                  median: order_completed.map(o, o.total).median()
                  first: order_completed.first().total
                  none: product_viewed.map(v, v.price).median()
                """);
        for (String total : List.of("4", "1", "10", "3")) {
            scenario.event(
                    "2025-01-0" + (total.length() + 1) + "T00:00:00Z", "ann", "order_completed", "total=" + total);
        }
        assertThat(scenario.changes().get(0).carry())
                .isEqualTo(Map.of("avg", 4.5, "min", 1.0, "max", 10.0, "median", 3.5, "first", 4.0, "none", 0.0));
    }
}
