// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

/** How each habit behaves during one visit. */
final class Visits {
    private Visits() {}

    static void loyal(Visit visit) {
        visit.arrives("direct");
        visit.looksAt(1, 2);
        visit.adds();
        visit.maybe(0.4, visit::adds);
        visit.seesCart();
        visit.startsCheckout();
        visit.orders();
        visit.maybe(0.2, () -> visit.talks().reviews(4));
        visit.maybe(0.3, () -> visit.later().scores(8, 10));
        visit.maybe(0.05, () -> visit.later().visitsStore());
    }

    static void buyer(Visit visit) {
        visit.arrives("search");
        visit.looksAt(2, 5);
        visit.adds();
        visit.maybe(0.3, visit::removes);
        visit.maybe(0.6, () -> {
            visit.looksAt(1, 2);
            visit.adds();
        });
        visit.seesCart();
        visit.maybe(0.1, () -> visit.talks().asks());
        visit.maybe(0.75, () -> {
            visit.startsCheckout();
            visit.maybe(0.85, visit::orders);
            visit.maybe(0.1, () -> visit.later().cancels());
            visit.maybe(0.3, () -> visit.later().scores(5, 10));
        });
    }

    static void abandoner(Visit visit) {
        if (visit.hasCart() && visit.chance(0.6)) {
            visit.arrives("email");
            visit.seesCart();
            visit.startsCheckout();
            visit.maybe(0.7, visit::orders);
            return;
        }
        visit.arrives("ad");
        visit.looksAt(1, 4);
        visit.adds();
        visit.maybe(0.5, visit::adds);
        visit.maybe(0.35, visit::startsCheckout);
        visit.later().getsReminded();
    }

    static void comparer(Visit visit) {
        visit.arrives("search");
        visit.searches();
        if (visit.chance(0.3)) {
            visit.looksAround();
        } else {
            visit.looksAt(4, 9);
        }
        visit.maybe(0.3, visit::wishes);
        visit.maybe(0.1, () -> visit.talks().takesQuiz());
        visit.maybe(0.2, () -> visit.talks().fillsIn("advice", 0.4));
        visit.maybe(0.25, () -> {
            visit.adds();
            visit.maybe(0.5, visit::removes);
        });
        visit.maybe(0.4, visit::comesBackLater);
    }

    static void couponHunter(Visit visit) {
        visit.arrives("coupon-site");
        visit.seesPromotion(0.6);
        visit.looksAt(1, 3);
        visit.adds();
        visit.seesCart();
        if (visit.chance(0.6)) {
            visit.appliesCoupon();
            visit.startsCheckout();
            visit.orders();
        } else {
            visit.isDeniedCoupon();
            visit.maybe(0.5, visit::removes);
        }
    }

    static void returner(Visit visit) {
        visit.arrives("direct");
        visit.looksAt(2, 4);
        visit.adds();
        visit.adds();
        visit.startsCheckout();
        visit.orders();
        visit.maybe(0.7, visit.later()::sendsBack);
        visit.maybe(0.5, visit.later()::complains);
        visit.maybe(0.3, () -> visit.later().scores(0, 7));
    }

    static void lurker(Visit visit) {
        visit.arrives("social");
        visit.seesPromotion(0.05);
        visit.looksAt(0, 2);
        visit.maybe(0.1, visit::looksAround);
        visit.maybe(0.1, visit::wishes);
    }

    static void passerBy(Visit visit) {
        visit.lands("ad", "summer sale", "/sale");
    }

    static void prospect(Visit visit) {
        visit.arrives("newsletter");
        visit.looksAt(1, 3);
        visit.maybe(0.6, () -> visit.talks().fillsIn("contact", 0.4));
        visit.maybe(0.3, () -> visit.talks().subscribes("email"));
        visit.maybe(0.1, () -> visit.talks().unsubscribes("email"));
        visit.maybe(0.3, () -> visit.later().visitsStore());
    }

    static void waverer(Visit visit) {
        visit.arrives("search");
        visit.looksAgain(3);
        visit.wavers();
        visit.maybe(0.5, () -> visit.talks().chats(5));
        visit.maybe(0.3, visit::comesBackLater);
    }

    static void windowShopper(Visit visit) {
        visit.arrives("newsletter");
        visit.looksAt(1, 3);
        visit.maybe(0.2, visit::wishes);
    }

    static void replenisher(Visit visit) {
        visit.arrives("direct");
        visit.addsStaple();
        visit.startsCheckout();
        visit.orders();
    }

    static void trendFollower(Visit visit) {
        visit.arrives("social");
        visit.looksAtNovelties();
        visit.addsThat();
        visit.startsCheckout();
        visit.orders();
        visit.maybe(0.4, () -> visit.talks().reviews(2));
    }
}
