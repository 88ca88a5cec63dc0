// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.List;
import java.util.function.Consumer;

/**
 * How a shopper behaves.
 *
 * @param share how many of a hundred shoppers have this habit
 * @param eagerness how often such a shopper visits, relative to others
 * @param past the shopper's history before the simulated visits
 * @param visit the shopper's behaviour in one visit
 */
record Habit(int share, double eagerness, Consumer<Past> past, Consumer<Visit> visit) {

    /** All habits; their shares add up to 100. */
    static final List<Habit> ALL = List.of(
            // Knows what to buy, and buys often.
            new Habit(7, 9.0, Pasts::loyal, Visits::loyal),
            // Looks around, puts something into the cart, and mostly pays.
            new Habit(14, 3.0, Pasts::buyer, Visits::buyer),
            // Fills the cart and leaves; a reminder by mail sometimes helps.
            new Habit(12, 4.0, Pasts::abandoner, Visits::abandoner),
            // Compares many products and rarely decides.
            new Habit(11, 4.0, Pasts::comparer, Visits::comparer),
            // Buys only with a coupon.
            new Habit(6, 3.0, Pasts::couponHunter, Visits::couponHunter),
            // Orders several products and returns most of them.
            new Habit(5, 3.0, Pasts::returner, Visits::returner),
            // Only looks.
            new Habit(11, 2.0, Pasts::looked, Visits::lurker),
            // Bought once, long ago, and hardly ever visits.
            new Habit(10, 0.3, Pasts::occasional, Visits::buyer),
            // Comes from another site, sees one page, and leaves.
            new Habit(6, 2.0, Pasts::unknown, Visits::passerBy),
            // Shows interest, but has not bought.
            new Habit(3, 4.0, Pasts::prospect, Visits::prospect),
            // Wants one product, and cannot decide to buy it.
            new Habit(3, 4.0, Pasts::looked, Visits::waverer),
            // Visits all the time, and bought once.
            new Habit(3, 3.0, Pasts::windowShopper, Visits::windowShopper),
            // Buys the same product again when it is used up.
            new Habit(3, 0.5, Pasts::replenisher, Visits::replenisher),
            // Shops at one hour of the week.
            new Habit(2, 0.3, Pasts::habitual, Visits::loyal),
            // Buys what is new.
            new Habit(2, 2.0, Pasts::trendFollower, Visits::trendFollower),
            // Used to buy, and stopped.
            new Habit(1, 0.1, Pasts::lapsed, Visits::lurker),
            // Was away for long, and has returned.
            new Habit(1, 2.0, Pasts::wonBack, Visits::buyer));
}
