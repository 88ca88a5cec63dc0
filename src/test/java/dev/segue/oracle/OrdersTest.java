// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import org.junit.jupiter.api.Test;

/** Orders and their refunds: engine and oracle agree. */
class OrdersTest {
    private static final String TWICE = "segment: twice\nwhen: \"purchase.count() >= 2\"";
    private static final String AVERAGE =
            "trait: average\nwhen: purchase.count() > 0\nvalue: purchase.filter(o, has(o.total)).map(o, o.total).avg()";
    private static final String SPENT = "trait: spent\nvalue: \"purchase.map(p, p.total).sum()\"";
    private static final String UNITS = "trait: units\nvalue: \"item_bought.map(i, i.quantity).sum()\"";
    private static final String STANDS = "segment: stands\nwhen: \"purchase.count() > 0\"";

    private static String spent(String amount) {
        return "segment: spent\nwhen: \"purchase.map(p, p.total).sum() == " + amount + "\"";
    }

    private static String units(String number) {
        return "segment: units\nwhen: \"item_bought.map(i, i.quantity).sum() == " + number + "\"";
    }

    private static String lines(String... lines) {
        return "products=[{" + String.join("}, {", lines) + "}]";
    }

    @Test
    void repeatedAnnouncementsAreOneOrder() {
        Story.of(TWICE, spent("50.0"), units("1.0"))
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=50", lines("price: 50"))
                .event("2026-03-01T10:00:03Z", "ann", "order_completed", "order_id=o", "total=50", lines("price: 50"))
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "order_id=o", "total=50", lines("price: 50"))
                .expects("ann spent ENTERED 2026-03-01T10:00:00Z", "ann units ENTERED 2026-03-01T10:00:00Z");
    }

    @Test
    void hasContentOfLatestAnnouncement() {
        Story.of(spent("7.0"), "segment: blue\nwhen: \"purchase.exists(p, p.coupon == 'blue')\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=5", "coupon=red")
                .event("2026-03-01T10:00:02Z", "ann", "order_completed", "order_id=o", "total=7", "coupon=blue")
                .event("2026-03-01T10:00:01Z", "ann", "order_completed", "order_id=o", "total=9", "coupon=red")
                .expects("ann blue ENTERED 2026-03-01T10:00:02Z", "ann spent ENTERED 2026-03-01T10:00:02Z");
    }

    @Test
    void laterArrivalWinsAtEqualTimes() {
        Story.of(spent("7.0"))
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=5")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=7")
                .expects("ann spent ENTERED 2026-03-01T10:00:00Z");
    }

    @Test
    void keepsPlaceAmongOrdersOfEqualTime() {
        Story.of("segment: second\nwhen: \"purchase.latest().order_id == 'p'\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=5")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=p", "total=5")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=7")
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "order_id=o", "total=8")
                .expects("ann second ENTERED 2026-03-01T10:00:00Z");
    }

    @Test
    void leavesWindowByFirstAnnouncement() {
        Story.of("segment: fresh\nwhen: \"purchase.within('1h').count() > 0\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o")
                .event("2026-03-01T10:59:59.999Z", "ann", "order_completed", "order_id=o", "total=1")
                .timeIs("2026-03-01T10:59:59.999Z")
                .timeIs("2026-03-01T11:00:00Z")
                .event("2026-03-01T11:00:00Z", "ann", "order_completed", "order_id=o", "total=2")
                .event("2026-03-05T11:00:00Z", "ann", "order_completed", "order_id=o", "total=3")
                .event("2026-03-05T11:00:00Z", "ann", "order_completed", "order_id=p", "total=3")
                .expects(
                        "ann fresh ENTERED 2026-03-01T10:00:00Z",
                        "ann fresh EXITED 2026-03-01T11:00:00Z",
                        "ann fresh ENTERED 2026-03-05T11:00:00Z");
    }

    @Test
    void otherOrderAfterWindowDoesNotDropOrder() {
        Story.of("segment: fresh\nwhen: \"purchase.within('1h').count() > 1\"")
                .restartingEvery(1)
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o")
                .event("2026-03-01T12:00:00Z", "ann", "order_completed", "order_id=p")
                .event("2026-03-01T12:00:01Z", "ann", "order_completed", "order_id=o")
                .event("2026-03-01T12:00:02Z", "ann", "order_completed", "order_id=q")
                .expects("ann fresh ENTERED 2026-03-01T12:00:02Z");
    }

    @Test
    void leavesWindowAfterLateFirstAnnouncement() {
        Story.of("segment: fresh\nwhen: \"purchase.within('1h').count() > 0\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o")
                .event("2026-03-01T09:00:00.001Z", "ann", "order_completed", "order_id=o")
                .event("2026-03-01T09:00:00Z", "ann", "order_completed", "order_id=o")
                .expects("ann fresh ENTERED 2026-03-01T10:00:00Z", "ann fresh EXITED 2026-03-01T10:00:00Z");
    }

    @Test
    void hasHourAndAgeOfFirstAnnouncement() {
        Story.of(
                        "segment: hour\nwhen: \"purchase.latest().hour == 10 && item_bought.latest().hour == 10\"",
                        "segment: age\nwhen: \"item_bought.latest().age_days == 1.0\"")
                .event("2026-03-01T11:00:00Z", "ann", "order_completed", "order_id=o")
                .event(
                        "2026-03-01T12:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("launched_at: '2026-02-28T10:00:00Z'"))
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o")
                .expects("ann age ENTERED 2026-03-01T12:00:00Z", "ann hour ENTERED 2026-03-01T12:00:00Z");
    }

    @Test
    void orderWithoutIdIsSeparate() {
        Story.of(TWICE)
                .event("2026-03-01T10:00:00Z", "ann", "order_completed")
                .event("2026-03-01T10:00:01Z", "ann", "order_completed", "order_id=")
                .event("2026-03-01T10:00:02Z", "ann", "order_refunded")
                .event("2026-03-01T10:00:03Z", "ann", "order_refunded", "order_id=")
                .event("2026-03-01T10:00:04Z", "ann", "order_cancelled")
                .expects("ann twice ENTERED 2026-03-01T10:00:01Z");
    }

    @Test
    void totalDefaultsToSumOfLines() {
        Story.of(STANDS, spent("13.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("product_id: p, price: 2", "product_id: q, price: 5, quantity: 3"))
                .event("2026-03-02T10:00:00Z", "ann", "order_refunded", "order_id=o", "total=4")
                .event("2026-03-03T10:00:00Z", "ann", "order_refunded", "order_id=o", "total=12.9999")
                .event("2026-03-04T10:00:00Z", "ann", "order_refunded", "order_id=o", "total=0.0001")
                .expects(
                        "ann stands ENTERED 2026-03-01T10:00:00Z",
                        "ann spent ENTERED 2026-03-02T10:00:00Z",
                        "ann spent EXITED 2026-03-03T10:00:00Z",
                        "ann stands EXITED 2026-03-04T10:00:00Z");
    }

    @Test
    void orderWithTotalZeroStands() {
        Story.of(STANDS, "segment: owed\nwhen: \"purchase.latest().total == -3.0\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=0", lines("price: 9"))
                .event("2026-03-02T10:00:00Z", "ann", "order_refunded", "order_id=o", "total=3")
                .expects("ann stands ENTERED 2026-03-01T10:00:00Z", "ann owed ENTERED 2026-03-02T10:00:00Z");
    }

    @Test
    void emptyRefundRemovesWholeOrder() {
        Story.of(STANDS)
                .event("2026-03-01T10:00:00Z", "ann", "order_refunded", "order_id=o")
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "order_id=o", "total=5")
                .event("2026-03-03T10:00:00Z", "ann", "order_completed", "order_id=p", "total=5")
                .expects("ann stands ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void staysCancelledWhenAnnouncedAgain() {
        Story.of(STANDS)
                .restartingEvery(1)
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", "total=5")
                .event("2026-03-01T09:00:00Z", "ann", "order_cancelled", "order_id=o")
                .event("2026-03-03T10:00:00Z", "ann", "order_completed", "order_id=o", "total=9")
                .expects("ann stands ENTERED 2026-03-01T10:00:00Z", "ann stands EXITED 2026-03-01T10:00:00Z");
    }

    @Test
    void refundsUnitsAtOrderPrice() {
        Story.of(STANDS, spent("30.0"), units("1.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        "total=90",
                        lines("product_id: p, price: 30, quantity: 3"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 2"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 2"))
                .expects(
                        "ann stands ENTERED 2026-03-01T10:00:00Z",
                        "ann spent ENTERED 2026-03-02T10:00:00Z",
                        "ann units ENTERED 2026-03-02T10:00:00Z",
                        "ann spent EXITED 2026-03-03T10:00:00Z",
                        "ann stands EXITED 2026-03-03T10:00:00Z",
                        "ann units EXITED 2026-03-03T10:00:00Z");
    }

    @Test
    void refundsAtPriceOfRefundEvenIfZero() {
        Story.of(spent("10.0"), units("1.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        "total=15",
                        lines("product_id: p, price: 5, quantity: 3"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, price: 0, quantity: 1"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, price: 5, quantity: 1"))
                .expects("ann spent ENTERED 2026-03-03T10:00:00Z", "ann units ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void refundsStatedTotalWhateverTheProducts() {
        Story.of(spent("19.0"), units("1.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        "total=20",
                        lines("product_id: p, price: 15", "product_id: q, price: 5"))
                .event("2026-03-02T10:00:00Z", "ann", "order_refunded", "order_id=o", "total=1", lines("product_id: p"))
                .expects("ann spent ENTERED 2026-03-02T10:00:00Z", "ann units ENTERED 2026-03-02T10:00:00Z");
    }

    @Test
    void refundsFirstLineFirstUpToItsQuantity() {
        Story.of(spent("8.0"), units("1.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines(
                                "product_id: p, price: 5",
                                "product_id: q, price: 1",
                                "product_id: p, price: 8, quantity: 2"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 2"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: q, quantity: 7"))
                .expects("ann spent ENTERED 2026-03-03T10:00:00Z", "ann units ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void appliesRefundsInOrderOfTimeEvenBeforeOrder() {
        // First one unit at 1, then all remaining units at the order's own price: 20 - 1 - 5.
        Story.of(spent("14.0"), STANDS)
                .event("2026-03-03T10:00:00Z", "ann", "order_refunded", "order_id=o", lines("product_id: p"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, price: 1, quantity: 1"))
                .event(
                        "2026-03-04T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        "total=20",
                        lines("product_id: p, price: 5, quantity: 2", "product_id: q"))
                .expects("ann spent ENTERED 2026-03-04T10:00:00Z", "ann stands ENTERED 2026-03-04T10:00:00Z");
    }

    @Test
    void appliesRefundsToLatestLines() {
        Story.of(units("2.0"))
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", lines("product_id: p"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 1"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("product_id: p, quantity: 3"))
                .expects("ann units ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void doesNotStandWithoutUnits() {
        Story.of(STANDS)
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        "total=100",
                        lines("product_id: p, price: 5, quantity: 0.3"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 0.1"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 0.2"))
                .expects("ann stands ENTERED 2026-03-01T10:00:00Z", "ann stands EXITED 2026-03-03T10:00:00Z");
    }

    @Test
    void lineWithoutQuantityIsOnePiece() {
        Story.of(units("3.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        lines("product_id: p", "product_id: q, quantity: 0", "product_id: r, quantity: -2"))
                .expects("ann units ENTERED 2026-03-01T10:00:00Z");
    }

    @Test
    void identifiesProductBySkuWithoutId() {
        Story.of(units("1.0"))
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("sku: s", "product_id: '', sku: t", "product_id: s, sku: x"))
                .event("2026-03-02T10:00:00Z", "ann", "order_refunded", "order_id=o", lines("sku: t"))
                .event("2026-03-03T10:00:00Z", "ann", "order_refunded", "order_id=o", lines("sku: s, quantity: 5"))
                .expects("ann units ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void refundsNamedVariantOrAny() {
        Story.of("segment: red\nwhen: \"item_bought.count() == 1 && item_bought.latest().variant == 'red'\"", STANDS)
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("product_id: p, variant: red", "product_id: p, variant: blue"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, variant: green"))
                .event(
                        "2026-03-03T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, variant: blue"))
                .event("2026-03-04T10:00:00Z", "ann", "order_refunded", "order_id=o", lines("product_id: p"))
                .expects(
                        "ann stands ENTERED 2026-03-01T10:00:00Z",
                        "ann red ENTERED 2026-03-03T10:00:00Z",
                        "ann red EXITED 2026-03-04T10:00:00Z",
                        "ann stands EXITED 2026-03-04T10:00:00Z");
    }

    @Test
    void ignoresRefundedLineWithoutProduct() {
        Story.of(units("1.0"))
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o", lines("price: 5"))
                .event("2026-03-02T10:00:00Z", "ann", "order_refunded", "order_id=o", lines("price: 5"))
                .expects("ann units ENTERED 2026-03-01T10:00:00Z");
    }

    @Test
    void keepsProductsAsOrderedAfterRefund() {
        Story.of("segment: s\nwhen: \"purchase.exists(p, p.products.exists(q, q.quantity == 3.0) && p.total < 9.0)\"")
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o",
                        lines("product_id: p, price: 3, quantity: 3"))
                .event(
                        "2026-03-02T10:00:00Z",
                        "ann",
                        "order_refunded",
                        "order_id=o",
                        lines("product_id: p, quantity: 1"))
                .expects("ann s ENTERED 2026-03-02T10:00:00Z");
    }

    @Test
    void linesHaveOrderId() {
        Story.of("segment: s\nwhen: \"item_bought.exists(i, i.order_id == 'o2' && i.product_id == 'p')\"")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=o1", lines("product_id: p"))
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "order_id=o2", lines("product_id: q"))
                .event("2026-03-03T10:00:00Z", "ann", "order_completed", "order_id=o2", lines("product_id: p"))
                .expects("ann s ENTERED 2026-03-03T10:00:00Z");
    }

    @Test
    void averagesToNearestDouble() {
        Story.of("segment: s\nwhen: \"purchase.map(p, p.total).avg() >= 40.09\"", SPENT, UNITS)
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "total=40.09")
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "total=40.09")
                .event("2026-03-03T10:00:00Z", "ann", "order_completed", "total=40.09")
                .event("2026-03-04T10:00:00Z", "ann", "order_completed", "total=40.0899")
                .expects(
                        "ann s ENTERED 2026-03-01T10:00:00Z",
                        "ann spent ENTERED 2026-03-01T10:00:00Z",
                        "ann units ENTERED 2026-03-01T10:00:00Z",
                        "ann spent UPDATED 2026-03-02T10:00:00Z",
                        "ann spent UPDATED 2026-03-03T10:00:00Z",
                        "ann s EXITED 2026-03-04T10:00:00Z",
                        "ann spent UPDATED 2026-03-04T10:00:00Z");
    }

    @Test
    void totalIsUnsetWithoutAmounts() {
        Story.of(AVERAGE, "segment: s\nwhen: purchase.exists(o, has(o.total) && o.total == 40.0)")
                .event("2026-03-01T10:00:00Z", "ann", "order_completed", "order_id=a", lines("product_id: p"))
                .event("2026-03-02T10:00:00Z", "ann", "order_completed", "order_id=b", "total=40")
                .event("2026-03-03T10:00:00Z", "ann", "order_refunded", "order_id=a", "total=5")
                .expects(
                        "ann average ENTERED 2026-03-01T10:00:00Z",
                        "ann average UPDATED 2026-03-02T10:00:00Z",
                        "ann s ENTERED 2026-03-02T10:00:00Z");
    }

    @Test
    void oneLineWithPriceIsEnoughForTotal() {
        Story.of("segment: s\nwhen: purchase.filter(o, has(o.total)).map(o, o.total).avg() == 16.0")
                .event(
                        "2026-03-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=a",
                        lines("product_id: p", "product_id: q, price: 8, quantity: 2"))
                .expects("ann s ENTERED 2026-03-01T10:00:00Z");
    }
}
