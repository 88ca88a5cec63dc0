// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** A lambda without a value for a visible element leaves the whole expression without a value. */
class FailingLambdaTest {

    @Test
    void readingHasNoValueUntilFailingElementExpires() {
        Story.of("""
                segment: s
                when: order_completed.within('1h').filter(o, int(o.coupon) > 5).count() == 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=x")
                .event("2025-11-01T10:59:59.999Z", "ann", "page_viewed")
                .timeIs("2025-11-01T11:00:00Z")
                .expects("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @Test
    void filterBeforeWindowFailsForEver() {
        Story.of("""
                segment: s
                when: order_completed.filter(o, int(o.coupon) > 5).within('1h').count() == 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=x")
                .timeIs("2025-11-03T10:00:00Z")
                .expects();
    }

    @Test
    void failingValueAffectsSumAndCount() {
        Story.of("""
                segment: s
                when: order_completed.map(o, int(o.coupon)).sum() > 0
                ---
                segment: t
                when: order_completed.map(o, int(o.coupon)).count() > 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=7")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "coupon=x")
                .expects(
                        "ann s ENTERED 2025-11-01T10:00:00Z",
                        "ann t ENTERED 2025-11-01T10:00:00Z",
                        "ann s EXITED 2025-11-01T10:01:00Z",
                        "ann t EXITED 2025-11-01T10:01:00Z");
    }

    @Test
    void decidingElementPrevailsOverFailingOnes() {
        Story.of("""
                segment: s
                when: order_completed.exists(o, int(o.coupon) > 5)
                ---
                segment: t
                when: "!order_completed.all(o, int(o.coupon) < 5)"
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=x")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "coupon=7")
                .expects("ann s ENTERED 2025-11-01T10:01:00Z", "ann t ENTERED 2025-11-01T10:01:00Z");
    }

    @Test
    void decidingElementPrevailsInCart() {
        Story.of("""
                segment: s
                when: cart.exists(i, int(i.product_id) > 5)
                """)
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=x")
                .event("2025-11-01T10:01:00Z", "ann", "product_added", "product_id=7")
                .expects("ann s ENTERED 2025-11-01T10:01:00Z");
    }

    @Test
    void failingElementAmongLatestFewIsReplaced() {
        Story.of("""
                segment: s
                when: order_completed.last(2).map(o, int(o.coupon)).max() > 5
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=x")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed", "coupon=7")
                .event("2025-11-01T10:02:00Z", "ann", "order_completed", "coupon=8")
                .expects("ann s ENTERED 2025-11-01T10:02:00Z");
    }

    @Test
    void failingAnchorFailsAfter() {
        Story.of("""
                segment: s
                when: page_viewed.after(order_completed.within('1h').filter(o, int(o.coupon) > 5)).count() > 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:30:00Z", "ann", "order_completed", "coupon=x")
                .timeIs("2025-11-01T12:00:00Z")
                .expects(
                        "ann s ENTERED 2025-11-01T10:00:00Z",
                        "ann s EXITED 2025-11-01T10:30:00Z",
                        "ann s ENTERED 2025-11-01T11:30:00Z");
    }

    @Test
    void failingKeyFailsAllGroups() {
        Story.of("""
                segment: s
                when: order_completed.groupBy(o, int(o.coupon)).exists(g, g.within('1h').count() > 0)
                """)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed", "coupon=7")
                .event("2025-11-01T10:10:00Z", "ann", "order_completed", "coupon=x")
                .event("2025-11-01T12:30:00Z", "ann", "order_completed", "coupon=7")
                .expects("ann s ENTERED 2025-11-01T10:00:00Z", "ann s EXITED 2025-11-01T10:10:00Z");
    }
}
