// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/**
 * Amounts in several currencies, compared between engine and oracle. A dollar is 0.92 EUR, a yen 0.0061; GBP has no
 * rate.
 */
class CurrencyTest {
    private static final String AT = "2026-03-01T10:00:00Z";
    private static final String LATER = "2026-03-02T10:00:00Z";

    @Test
    void convertsAmountByRate() {
        Story.of("segment: s\nwhen: purchase.map(o, o.total).sum() == 113.3")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=20", "currency=EUR")
                .event(AT, "ann", "order_completed", "order_id=o2", "total=100", "currency= usd ")
                .event(LATER, "ann", "order_completed", "order_id=o3", "total=1.3")
                .expects("ann s ENTERED " + LATER);
    }

    @Test
    void addsAmountsUnconvertedWithoutSetting() {
        Story.of("segment: s\nwhen: purchase.map(o, o.total).sum() == 120.0")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=20", "currency=EUR")
                .event(AT, "ann", "order_completed", "order_id=o2", "total=100", "currency=USD")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void amountWithoutRateIsUnset() {
        Story.of(
                        "segment: s\nwhen: order_completed.exists(o, !has(o.total) && o.currency == 'GBP')",
                        "segment: t\nwhen: purchase.map(o, o.total).sum() > 0.0")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=20", "currency=GBP")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void convertedEventHasShopCurrency() {
        Story.of("segment: s\nwhen: order_completed.exists(o, o.currency == 'EUR' && o.total == 9.2)")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=10", "currency=USD")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void eventWithoutAmountsIsUnchanged() {
        Story.of("segment: s\nwhen: product_viewed.exists(v, v.currency == ' usd')")
                .inCurrency("EUR")
                .event(AT, "ann", "product_viewed", "product_id=a", "currency= usd")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void convertsProductsAndCart() {
        Story.of(
                        "segment: s\nwhen: item_bought.map(i, i.price).sum() == 4.6",
                        "segment: t\nwhen: cart.map(i, i.price * i.quantity).sum() == 18.4")
                .inCurrency("EUR")
                .event(AT, "ann", "product_added", "product_id=a", "price=10", "quantity=2", "currency=USD")
                .event(
                        LATER,
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=5",
                        "currency=USD",
                        "products=[{product_id: a, price: 5, quantity: 1}]")
                .expects("ann t ENTERED " + AT, "ann s ENTERED " + LATER, "ann t EXITED " + LATER);
    }

    @Test
    void convertsRefundFromItsOwnCurrency() {
        Story.of("segment: s\nwhen: order_completed.count() > 0 && purchase.count() == 0")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=92", "currency=EUR")
                .event(AT, "bob", "order_completed", "order_id=o1", "total=92", "currency=EUR")
                .event(LATER, "ann", "order_refunded", "order_id=o1", "total=100", "currency=USD")
                .event(LATER, "bob", "order_refunded", "order_id=o1", "total=99.99", "currency=USD")
                .expects("ann s ENTERED " + LATER);
    }

    @Test
    void refundOfAmountWithoutRateRefundsZero() {
        Story.of("segment: s\nwhen: purchase.map(o, o.total).sum() == 92.0")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=92", "currency=EUR")
                .event(LATER, "ann", "order_refunded", "order_id=o1", "total=5", "currency=GBP")
                .expects("ann s ENTERED " + AT);
    }

    @Test
    void refundOfProductsWithoutRateUsesOrderPrice() {
        Story.of("segment: s\nwhen: purchase.map(o, o.total).sum() == 82.0")
                .inCurrency("EUR")
                .event(
                        AT,
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=92",
                        "products=[{product_id: a, price: 10, quantity: 2}]")
                .event(
                        LATER,
                        "ann",
                        "order_refunded",
                        "order_id=o1",
                        "total=9",
                        "currency=GBP",
                        "products=[{product_id: a, price: 9, quantity: 1}]")
                .expects("ann s ENTERED " + LATER);
    }

    @Test
    void roundsHalfEvenToFourPlaces() {
        // Half a yen is 0.00305 EUR, one and a half are 0.00915.
        Story.of("segment: s\nwhen: order_completed.map(o, o.total).sum() == 0.0122")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "total=0.5", "currency=JPY")
                .event(LATER, "ann", "order_completed", "total=1.5", "currency=JPY")
                .expects("ann s ENTERED " + LATER);
    }

    @Test
    void amountWithoutRateDoesNotLowerAverage() {
        Story.of("segment: s\nwhen: purchase.filter(o, has(o.total)).map(o, o.total).avg() == 40.0")
                .inCurrency("EUR")
                .event(AT, "ann", "order_completed", "order_id=o1", "total=40", "currency=EUR")
                .event(LATER, "ann", "order_completed", "order_id=o2", "total=4000", "currency=GBP")
                .expects("ann s ENTERED " + AT);
    }
}
