// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** Every difference between engine and oracle that was ever found, reduced to a minimal case. */
class FoundByTheOracleTest {

    @Test
    void mainStory() {
        Story.of("""
                segment: cart-abandoned
                params: {quiet: 1h}
                when: cart.count() > 0 && activity.within(params.quiet).count() == 0
                carry:
                  items: cart.map(i, i.product_id)
                  value: cart.map(i, i.price * i.quantity).sum()
                """)
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=a", "price=19.95")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expects(
                        "ann cart-abandoned ENTERED 2025-11-01T11:00:00Z",
                        "ann cart-abandoned EXITED 2025-11-01T11:00:00Z");
    }

    @Test
    void productLineWithSkuOnlyHasProductId() {
        Story.of("segment: s\nwhen: item_bought.groupBy(i, i.product_id).exists(g, g.count() == 2)")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "products=[{sku: a}, {product_id: b}]")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "products=[{product_id: '', sku: a}]")
                .expects("ann s ENTERED 2025-11-01T10:01:00Z");
    }

    @Test
    void groupsByProfileAreSplitAgainWhenProfileChanges() {
        Story.of("""
                segment: s
                when: 'true'
                carry: {groups: "purchase.groupBy(e, 60 / profile.age).map(g, '')"}
                update: carry
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:01:00Z", "ann", "profile_updated", "age=5")
                .event("2025-11-01T10:02:00Z", "ann", "profile_updated", "age=0")
                .expects(
                        "ann s ENTERED 2025-11-01T10:00:00Z",
                        "ann s UPDATED 2025-11-01T10:01:00Z",
                        "ann s UPDATED 2025-11-01T10:02:00Z");
    }

    @Test
    void conditionThatLosesItsValueNoLongerHolds() {
        Story.of("""
                segment: s
                when: 0 % cart.count() == 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=a")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expects("ann s ENTERED 2025-11-01T10:00:00Z", "ann s EXITED 2025-11-01T11:00:00Z");
    }

    @Test
    void additionalEmptyTextChangesCarry() {
        Story.of("""
                segment: s
                when: 'true'
                carry: {coupons: "order_completed.map(o, o.coupon).distinct()"}
                update: carry
                """)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed")
                .expects("ann s ENTERED 2025-11-01T10:00:00Z", "ann s UPDATED 2025-11-01T10:01:00Z");
    }

    @Test
    void textWithCommaIsNotTwoTexts() {
        Story.of("""
                segment: s
                when: 'true'
                carry: {coupons: "order_completed.within('1h').before('30m').map(o, o.coupon)"}
                update: carry
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=a, b")
                .event("2025-11-01T10:30:00Z", "ann", "order_completed", "coupon=a")
                .event("2025-11-01T10:30:00Z", "ann", "order_completed", "coupon=b")
                .timeIs("2025-11-01T11:00:00Z")
                .expects(
                        "ann s ENTERED 2025-11-01T10:00:00Z",
                        "ann s UPDATED 2025-11-01T10:30:00Z",
                        "ann s UPDATED 2025-11-01T11:00:00Z");
    }

    @Test
    void streamComparedWithGroupedStreamAffectsDefinition() {
        Story.of("""
                segment: s
                when: product_added.after(email_delivered).groupBy(e, e.product_id).exists(g, g.count() > 0)
                """)
                .event("2025-11-01T00:00:00Z", "ann", "product_added", "product_id=a")
                .event("2025-11-01T00:00:00Z", "ann", "email_delivered")
                .expects("ann s ENTERED 2025-11-01T00:00:00Z", "ann s EXITED 2025-11-01T00:00:00Z");
    }

    @Test
    void leavingByUntilDoesNotInterruptCondition() {
        Story.of("""
                segment: s
                when: page_viewed.count() > 0
                until: purchase.count() > 0
                for: 1m
                """)
                .event("2025-11-01T00:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o1")
                .event("2025-11-01T10:00:10Z", "ann", "order_cancelled", "order_id=o1")
                .expects(
                        "ann s ENTERED 2025-11-01T00:01:00Z",
                        "ann s EXITED 2025-11-01T10:00:00Z",
                        "ann s ENTERED 2025-11-01T10:00:10Z");
    }

    @Test
    void failingGroupReadingStopsNothing() {
        Story.of("""
                trait: t
                value: product_viewed.groupBy(e, e.category).filter(g, g.map(e, e.price)[1] == 1.0).map(g, g.latest().category)
                """)
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed", "category=a")
                .event("2025-11-01T00:00:01Z", "ann", "product_viewed", "category=a", "price=1")
                .expects("ann t ENTERED 2025-11-01T00:00:01Z");
    }

    @Test
    void dateMayChangeWithTime() {
        Story.of("""
                segment: s
                when: "yearly(page_viewed.within('1h').count() > 0 ? '11-03' : '12-01', '1d')"
                """)
                .event("2025-11-02T10:00:00Z", "ann", "page_viewed")
                .timeIs("2025-11-02T12:00:00Z")
                .expects("ann s ENTERED 2025-11-02T10:00:00Z", "ann s EXITED 2025-11-02T11:00:00Z");
    }

    @Test
    void dateWithoutValueStopsNothing() {
        Story.of("""
                segment: s
                when: "yearly(page_viewed.map(p, p.url)[0], '1d')"
                """)
                .event("2025-11-02T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-02T10:00:01Z", "ann", "page_viewed", "url=11-03")
                .expects("ann s ENTERED 2025-11-02T10:00:01Z");
    }

    @Test
    void comparesTimeDifferenceWithDuration() {
        Story.of("""
                segment: s
                when: page_viewed.latest().time - product_viewed.latest().time > duration('1h')
                """)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T11:00:00.001Z", "ann", "page_viewed")
                .expects("ann s ENTERED 2025-11-01T11:00:00.001Z");
    }

    @Test
    void filterInsideGroupSeesItsOwnEvent() {
        Story.of("""
                segment: s
                when: activity.groupBy(x, true).exists(g, g.after(activity.filter(e, e.type in ['x'])).count() > 0)
                carry:
                  c: "order_completed.map(e, e.products.map(x, x.price).sum())"
                """)
                .event("2025-11-04T00:00:00Z", "ann", "order_completed", "products=[{product_id: b, price: 2.5}]")
                .expects("ann s ENTERED 2025-11-04T00:00:00Z");
    }

    @Test
    void zeroHasNoSignAmongDistinctValues() {
        Story.of("""
                segment: s
                when: "true"
                carry:
                  each: "product_removed.map(e, e.quantity * 0.0).distinct()"
                  how_many: "product_removed.map(e, e.quantity * 0.0).distinct().count()"
                  most: "product_removed.map(e, e.quantity * 0.0).most().count"
                update: carry
                """)
                .event("2025-11-02T00:00:00Z", "ann", "product_removed")
                .event("2025-11-02T00:00:00Z", "ann", "product_removed", "quantity=-1.0")
                .expects("ann s ENTERED 2025-11-02T00:00:00Z", "ann s UPDATED 2025-11-02T00:00:00Z");
    }

    @Test
    void negativeRefundAddsToOrder() {
        Story.of("""
                segment: s
                when: purchase.map(o, o.total).sum() > 15.0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "order_id=o1", "total=10.0")
                .event("2025-11-01T11:00:00Z", "ann", "order_refunded", "order_id=o1", "total=-8.0")
                .event("2025-11-01T12:00:00Z", "ann", "order_refunded", "order_id=o1", "total=5.0")
                .expects("ann s ENTERED 2025-11-01T11:00:00Z", "ann s EXITED 2025-11-01T12:00:00Z");
    }

    @Test
    void groupsOfOrdersFollowProfileChangeAtSameInstant() {
        Story.of("""
                segment: s
                when: "item_bought.filter(i, i.category == profile.favourite).groupBy(i, i.product_id).exists(g, g.count() >= 1)"
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "products=[{product_id: a, category: x}]")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "favourite=x")
                .event("2025-11-01T10:00:00Z", "ann", "profile_updated", "favourite=y")
                .expects("ann s ENTERED 2025-11-01T10:00:00Z", "ann s EXITED 2025-11-01T10:00:00Z");
    }

    @Test
    void cartLinesLeaveWindowInOrderOfTime() {
        Story.of("""
                segment: s
                when: "cart.within('5m').count() >= 2"
                """)
                .event("2025-11-22T16:59:00Z", "bob", "product_added", "product_id=a")
                // Late, and therefore the older line, although it is changed again later.
                .event("2025-11-15T00:00:00Z", "bob", "product_added", "product_id=b")
                .event("2025-11-22T17:00:00Z", "bob", "product_added", "product_id=b")
                .timeIs("2025-11-22T17:17:00Z")
                .expects("bob s ENTERED 2025-11-22T17:00:00Z", "bob s EXITED 2025-11-22T17:04:00Z");
    }

    @Test
    void whenIsWatchedWhileUntilHasNoValue() {
        Story.of("""
                segment: s
                when: "profile.tags['a'] == 'a'"
                until: "0 <= (0 % 0)"
                """)
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T00:00:01Z", "ann", "profile_updated", "tags={a: 'a'}")
                .expects("ann s ENTERED 2025-11-01T00:00:01Z");
    }

    @Test
    void conjunctionAsValueIsOneTerm() {
        Story.of("""
                trait: t
                value: "product_viewed.count() > 0 && product_viewed.count() > 1"
                """)
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T00:00:01Z", "ann", "product_viewed")
                .expects("ann t ENTERED 2025-11-01T00:00:00Z", "ann t UPDATED 2025-11-01T00:00:01Z");
    }

    @Test
    void ordersStoreFieldsOfGuards() {
        Story.of("""
                segment: s
                when: "purchase.map(p, 1 % p.weekday).count() > 0"
                """)
                .event("2025-11-01T00:00:00Z", "ann", "order_completed", "order_id=o")
                .expects("ann s ENTERED 2025-11-01T00:00:00Z");
    }

    @Test
    void dropsOrderCountsOfOtherPlan() {
        Story.of("""
                segment: s
                when: "purchase.count() > 1"
                ---
                trait: t
                value: "purchase.map(p, p.weekday).sum() > 0"
                """)
                .event("2025-11-01T00:00:00Z", "ann", "order_completed", "order_id=o")
                .becomes("""
                        segment: s
                        when: "purchase.count() > 1"
                        """)
                .event("2025-11-01T00:00:01Z", "ann", "order_completed", "order_id=p")
                .expects(
                        "ann t ENTERED 2025-11-01T00:00:00Z",
                        "ann t EXITED 2025-11-01T00:00:01Z",
                        "ann s ENTERED 2025-11-01T00:00:01Z");
    }

    @Test
    void readingHasValueAfterFailingElementsExpire() {
        Story.of("""
                segment: s
                when: "true"
                until: "cart.within('1m').map(x, int('')).count() <= 1"
                """)
                .event("2025-11-10T00:00:00Z", "ann", "product_added", "product_id=b")
                .event("2025-11-11T00:00:00Z", "ann", "product_added")
                .expects("ann s ENTERED 2025-11-10T00:00:00Z", "ann s EXITED 2025-11-10T00:01:00Z");
    }

    @Test
    void profileEndsSettledConditionThroughStreamOfAfter() {
        Story.of("""
                segment: s
                when: "activity.after(purchase.filter(p, profile.favourite.matches('b$'))).exists(e, true)"
                """)
                .eventWithId("e0", "2025-11-01T00:00:00Z", "ann", "order_completed")
                .eventWithId("e6", "2025-11-02T00:00:00Z", "ann", "profile_updated", "favourite=ab")
                .expects("ann s ENTERED 2025-11-01T00:00:00Z", "ann s EXITED 2025-11-02T00:00:00Z");
    }

    @Test
    void textInCarryDiffersFromNumber() {
        Story.of("""
                segment: s
                when: "true"
                carry:
                  amount: "0"
                update: carry
                """)
                .event("2025-11-01T00:00:00Z", "ann", "product_viewed")
                .becomes("""
                        segment: s
                        when: "true"
                        carry:
                          amount: "string(0)"
                        update: carry
                        """)
                .timeIs("2025-11-01T00:00:01Z")
                .expects("ann s ENTERED 2025-11-01T00:00:00Z", "ann s UPDATED 2025-11-01T00:00:01Z");
    }

    @Test
    void definitionsWithoutTheirPastKeepTheirPlaceInTheOrder() {
        Story.of("""
                segment: s3
                when: "true"
                until: "true"
                carry:
                  c1: "true"
                update: carry
                ---
                segment: s2
                when: "true"
                carry:
                  c1: "activity.map(x, 0.0)"
                update: carry
                ---
                segment: s1
                when: "in_segment('s2')"
                until: "item_bought.map(e, '').most().count <= 1"
                """)
                .eventWithId(
                        "e0",
                        "2025-11-01T00:00:00Z",
                        "ann",
                        "order_completed",
                        "products=[{product_id: 'a', variant: 'red', price: 0.1, launched_at: '2025-10-31T22:00:00Z'}]")
                .becomes("""
                        segment: s3
                        when: "true"
                        carry:
                          c1: "activity.map(x, 0.0)"
                        update: carry
                        ---
                        segment: s2
                        when: "true"
                        until: "true"
                        carry:
                          c1: "true"
                        update: carry
                        ---
                        segment: s1
                        when: "in_segment('s2')"
                        until: "item_bought.map(e, '').most().count <= 1"
                        """)
                .eventWithId(
                        "e2",
                        "2025-11-01T00:00:00Z",
                        "ann",
                        "order_completed",
                        "products=[{sku: '', category: 'a, b', quantity: 0.0}]")
                .expects(
                        "ann s2 ENTERED 2025-11-01T00:00:00Z",
                        "ann s3 ENTERED 2025-11-01T00:00:00Z",
                        "ann s3 UPDATED 2025-11-01T00:00:00Z",
                        "ann s1 ENTERED 2025-11-01T00:00:00Z");
    }

    /** CEL's own map keeps the error of {@code ||} as if it were a value. */
    @Test
    void keyWithoutValueLeavesNoGroups() {
        Story.of("""
                        trait: s1
                        value: "custom_event.groupBy(e, (false || double(e.properties['b']) > 0.0)).map(g, '')"
                        ---
                        trait: s2
                        value: "custom_event.map(e, (false || double(e.properties['b']) > 0.0))"
                        """).event("2025-11-01T00:00:00Z", "ann", "custom_event").expects();
    }

    /** The owner has used the device after the merger that arrives late, but got it before. */
    @Test
    void lateMergerTakesDevice() {
        Story.of("""
                        trait: s3
                        value: "item_bought.map(x, '').count()"
                        """)
                .event("2025-11-01T00:00:00Z", "bob", "order_refunded", "anonymous_id=d1")
                .event("2025-11-15T00:00:00Z", "bob", "order_completed", "anonymous_id=d1")
                .event("2025-11-08T00:00:00Z", "ann", "customers_merged", "other_id=d1")
                .event("2025-11-16T00:00:00Z", "d1", "order_completed", "products=[{product_id: ab}]")
                .expects(
                        "bob s3 ENTERED 2025-11-01T00:00:00Z",
                        "ann s3 ENTERED 2025-11-08T00:00:00Z",
                        "ann s3 UPDATED 2025-11-16T00:00:00Z");
    }

    @Test
    void cutsThatArriveAfterTheCustomersOwnTimeMoveBeforeALateEvent() {
        Story.of("""
                segment: buyer
                when: order_completed.count() > 0
                ---
                segment: behind
                when: page_viewed.count().percentile() < 50.0
                among: buyer
                population: {minimum: 2}
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "bob", "order_completed")
                .counted("2025-11-01T10:00:00Z", Step.Seen.LATE)
                .event("2025-11-01T12:00:00Z", "ann", "email_delivered")
                .event("2025-11-01T11:00:00Z", "ann", "email_delivered")
                .expects(
                        "ann buyer ENTERED 2025-11-01T10:00:00Z",
                        "bob buyer ENTERED 2025-11-01T10:00:00Z",
                        "ann behind ENTERED 2025-11-01T12:00:00Z");
    }

    /** The survivor has left right before; but the condition has held for the other one. */
    @Test
    void mergedCustomerNeedNotWaitAgain() {
        Story.of("""
                        segment: s2
                        when: "has(order_completed.within('7d').latest().total)"
                        for: 1ms
                        """)
                .eventWithId("e3", "2025-11-06T00:00:00Z", "d1", "order_completed", "total=0.2")
                .eventWithId("e6", "2025-11-13T00:00:00Z", "ann", "order_completed", "total=2.0")
                .eventWithId("e7", "2025-11-17T00:00:00Z", "ann", "customers_merged", "other_id=d1")
                .expects(
                        "ann s2 ENTERED 2025-11-13T00:00:00.001Z",
                        "ann s2 EXITED 2025-11-17T00:00:00Z",
                        "d1 s2 ENTERED 2025-11-06T00:00:00.001Z",
                        "d1 s2 EXITED 2025-11-13T00:00:00Z",
                        "d1 s2 ENTERED 2025-11-17T00:00:00Z");
    }

    /** What the past gives is told with the carry of now, which is therefore no update later. */
    @Test
    void carryOfThePastIsToldOnce() {
        Story.of("segment: s1\nwhen: page_viewed.count() > 9")
                .eventWithId("e1", "2025-11-01T00:00:00Z", "ann", "profile_updated")
                .eventWithId("e2", "2025-11-01T00:00:00Z", "ann", "page_viewed")
                .eventWithId("e3", "2025-11-01T00:00:00Z", "ann", "profile_updated", "attributes={b: 0.0}")
                .eventWithId("e4", "2025-11-01T00:00:00Z", "ann", "page_viewed")
                .becomes("""
                        segment: s1
                        when: page_viewed.count() > 9
                        ---
                        trait: s0
                        value: "true"
                        carry:
                          c2: "profile.attributes['b']"
                          c1: "(cart.latest().time - email_delivered.first().time).percentile()"
                        update: carry
                        """)
                .counted("2025-11-01T00:00:00Z", Step.Seen.AT_ONCE)
                .expects("ann s0 ENTERED 2025-11-01T00:00:00Z");
    }

    /** The past does not know the customer's other ids; whoever is in by those of now has been in since what was told. */
    @Test
    void filledMembershipGoesOnSinceItsBeginning() {
        Story.of("""
                        group: s2
                        first:
                          s2-2: "true"
                        """)
                .eventWithId("e6", "2025-11-04T00:00:00Z", "bob", "product_removed")
                .eventWithId("e24", "2025-11-08T00:00:00Z", "ann", "product_removed", "anonymous_id=d2")
                .becomes("""
                        group: s2
                        first:
                          s2-2: "customer.ids.filter(i, i != 'bob').count() > 1"
                          s2-1: "yearly('02-29', '1d')"
                        """)
                .eventWithId("e32", "2025-11-10T00:00:00Z", "ann", "customers_merged", "other_id=bob")
                .expects(
                        "bob s2-2 ENTERED 2025-11-04T00:00:00Z",
                        "ann s2-2 ENTERED 2025-11-08T00:00:00Z",
                        "bob s2-2 EXITED 2025-11-04T00:00:00Z",
                        "ann s2-2 EXITED 2025-11-10T00:00:00Z");
    }
}
