// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.List;

/** The history that each habit leaves before the simulated visits. */
final class Pasts {
    private Pasts() {}

    /** A visitor without history. */
    static void unknown(Past past) {}

    static void looked(Past past) {
        contacts(past);
    }

    static void loyal(Past past) {
        past.orders().some(3, 7, 1, 200);
        past.maybe(0.5, () -> past.contacts().scores(8, 10));
        contacts(past);
    }

    static void buyer(Past past) {
        past.orders().some(0, 2, 1, 200);
        past.maybe(0.3, () -> past.contacts().scores(5, 10));
        contacts(past);
    }

    static void abandoner(Past past) {
        past.orders().some(0, 1, 1, 200);
        contacts(past);
    }

    static void comparer(Past past) {
        past.maybe(0.4, () -> past.contacts().wishes());
        contacts(past);
    }

    static void couponHunter(Past past) {
        past.orders().some(0, 3, 1, 200, 0.9);
        contacts(past);
    }

    static void returner(Past past) {
        past.orders().some(1, 2, 11, 200);
        past.maybe(0.7, () -> past.orders().sentBack());
        past.maybe(0.4, () -> past.contacts().complains());
        past.maybe(0.4, () -> past.contacts().scores(0, 7));
        contacts(past);
    }

    static void occasional(Past past) {
        if (past.chance(0.6)) {
            past.orders().onSaleDay(List.of(30, 180));
        } else {
            past.orders().some(1, 1, 1, 200);
        }
        contacts(past);
    }

    static void prospect(Past past) {
        past.maybe(0.5, () -> past.contacts().subscribes());
        past.maybe(0.3, () -> past.contacts().visitsStore());
    }

    static void windowShopper(Past past) {
        past.orders().some(1, 1, 40, 200);
        past.contacts().looksIn(12, 25);
        contacts(past);
    }

    static void replenisher(Past past) {
        past.orders().staple(5, 28);
        contacts(past);
    }

    static void habitual(Past past) {
        past.orders().weekly(8);
        contacts(past);
    }

    static void trendFollower(Past past) {
        past.orders().novelties();
        contacts(past);
    }

    /** Used to buy every three weeks. Some stopped at such a time that they count as lapsed during the demo. */
    static void lapsed(Past past) {
        past.orders().rhythm(4, 21, past.chance(0.3) ? 89.8 : past.days(60, 140));
        contacts(past);
    }

    static void wonBack(Past past) {
        past.orders().some(1, 3, 230, past.longest() - 1);
        past.orders().some(1, 1, 1, 25);
        contacts(past);
    }

    /** Contacts that any shopper may have had with the shop. */
    private static void contacts(Past past) {
        past.maybe(0.5, () -> past.contacts().statesProfile());
        past.maybe(0.2, () -> past.contacts().subscribes());
        past.maybe(0.08, () -> past.contacts().takesQuiz());
        past.maybe(0.04, () -> past.contacts().visitsStore());
    }
}
