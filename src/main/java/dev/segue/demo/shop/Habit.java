package dev.segue.demo.shop;

import java.util.List;
import java.util.function.Consumer;

/**
 * How somebody shops.
 *
 * @param share of a hundred shoppers, how many are like this
 * @param eagerness how often such a shopper visits, relative to others
 * @param past what such a shopper did before the shop's visits are simulated
 * @param visit what such a shopper does in one visit
 */
record Habit(int share, double eagerness, Consumer<Past> past, Consumer<Visit> visit) {

    /** All there are; their shares add up to 100. */
    static final List<Habit> ALL = List.of(
            // Knows what to buy, and buys often.
            new Habit(7, 9.0, Pasts::loyal, Visits::loyal),
            // Looks around, puts something into the cart, and mostly pays.
            new Habit(14, 3.0, Pasts::buyer, Visits::buyer),
            // Fills the cart and goes away; a reminder by mail sometimes helps.
            new Habit(12, 4.0, Pasts::abandoner, Visits::abandoner),
            // Holds many products against each other and rarely decides.
            new Habit(11, 4.0, Pasts::comparer, Visits::comparer),
            // Buys with a coupon, or not at all.
            new Habit(6, 3.0, Pasts::couponHunter, Visits::couponHunter),
            // Orders several things and sends most of them back.
            new Habit(5, 3.0, Pasts::returner, Visits::returner),
            // Only looks.
            new Habit(11, 2.0, Pasts::looked, Visits::lurker),
            // Bought once upon a time, and hardly ever comes by.
            new Habit(10, 0.3, Pasts::occasional, Visits::buyer),
            // Comes from somewhere, sees one page, and goes.
            new Habit(6, 2.0, Pasts::unknown, Visits::passerBy),
            // Is interested and says so, but has not bought.
            new Habit(3, 4.0, Pasts::prospect, Visits::prospect),
            // Wants one thing, and cannot decide to buy it.
            new Habit(3, 4.0, Pasts::looked, Visits::waverer),
            // Comes by all the time, and bought once.
            new Habit(3, 3.0, Pasts::windowShopper, Visits::windowShopper),
            // Buys the same thing again when it is used up.
            new Habit(3, 0.5, Pasts::replenisher, Visits::replenisher),
            // Has a weekly hour for shopping.
            new Habit(2, 0.3, Pasts::habitual, Visits::loyal),
            // Must have what is new.
            new Habit(2, 2.0, Pasts::trendFollower, Visits::trendFollower),
            // Used to buy, and stopped.
            new Habit(1, 0.1, Pasts::lapsed, Visits::lurker),
            // Had been away for long, and is back.
            new Habit(1, 2.0, Pasts::wonBack, Visits::buyer));
}
