package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** Every difference between engine and oracle that was ever found, made small and given a name. */
class FoundByTheOracleTest {

    @Test
    void theMainStoryIsToldAlike() {
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
                .tells(
                        "ann cart-abandoned ENTERED 2025-11-01T11:00:00Z",
                        "ann cart-abandoned EXITED 2025-11-01T11:00:00Z");
    }

    @Test
    void aConditionThatLosesItsValueNoLongerHolds() {
        Story.of("""
                segment: s
                when: 0 % cart.count() == 0
                """)
                .event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=a")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .tells("ann s ENTERED 2025-11-01T10:00:00Z", "ann s EXITED 2025-11-01T11:00:00Z");
    }

    @Test
    void anEmptyTextMoreIsAChangeOfTheCarry() {
        Story.of("""
                segment: s
                when: 'true'
                carry: {coupons: "order_completed.map(o, o.coupon).distinct()"}
                update: carry
                """)
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:01:00Z", "ann", "order_completed")
                .tells("ann s ENTERED 2025-11-01T10:00:00Z", "ann s UPDATED 2025-11-01T10:01:00Z");
    }

    @Test
    void aTextWithACommaIsNotTwoTexts() {
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
                .tells(
                        "ann s ENTERED 2025-11-01T10:00:00Z",
                        "ann s UPDATED 2025-11-01T10:30:00Z",
                        "ann s UPDATED 2025-11-01T11:00:00Z");
    }
}
