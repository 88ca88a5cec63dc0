// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.util.List;

/** How a shopper behaves, before the opening and in a visit. The shares of all habits add up to 100. */
enum Habit {
    /** Knows what to buy, and buys often. */
    LOYAL(7, 9.0) {
        @Override
        void past(Past past) {
            past.orders().some(3, 7, 1, 200);
            past.maybe(0.5, () -> past.contacts().scores(8, 10));
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Looks around, puts something into the cart, and mostly pays. */
    BUYER(14, 3.0) {
        @Override
        void past(Past past) {
            past.orders().some(0, 2, 1, 200);
            past.maybe(0.3, () -> past.contacts().scores(5, 10));
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Fills the cart and leaves; a reminder by mail sometimes helps. */
    ABANDONER(12, 4.0) {
        @Override
        void past(Past past) {
            past.orders().some(0, 1, 1, 200);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Compares many products and rarely decides. */
    COMPARER(11, 4.0) {
        @Override
        void past(Past past) {
            past.maybe(0.4, () -> past.contacts().wishes());
            past.maybe(0.3, () -> past.contacts().comesBackToOneProduct());
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Buys only with a coupon. */
    COUPON_HUNTER(6, 3.0) {
        @Override
        void past(Past past) {
            past.orders().some(0, 3, 1, 200, 0.9);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Orders several products and returns most of them. */
    RETURNER(5, 3.0) {
        @Override
        void past(Past past) {
            past.orders().some(1, 2, 11, 200);
            past.maybe(0.7, () -> past.orders().sentBack());
            past.maybe(0.4, () -> past.contacts().complains());
            past.maybe(0.4, () -> past.contacts().scores(0, 7));
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
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
    },

    /** Only looks. */
    LURKER(11, 2.0) {
        @Override
        void visit(Visit visit) {
            visit.arrives("social");
            visit.seesPromotion(0.05);
            visit.looksAt(0, 2);
            visit.maybe(0.1, visit::looksAround);
            visit.maybe(0.1, visit::wishes);
        }
    },

    /** Bought once, long ago, and hardly ever visits. */
    OCCASIONAL(10, 0.3) {
        @Override
        void past(Past past) {
            if (past.chance(0.6)) {
                past.orders().onSaleDay(List.of(30, 180));
            } else {
                past.orders().some(1, 1, 1, 200);
            }
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            BUYER.visit(visit);
        }
    },

    /** Comes from another site, sees one page, and leaves. */
    PASSER_BY(6, 2.0) {
        @Override
        void past(Past past) {}

        @Override
        void visit(Visit visit) {
            visit.lands("ad", "summer sale", "/sale");
        }
    },

    /** Shows interest, but has not bought. */
    PROSPECT(3, 4.0) {
        @Override
        void past(Past past) {
            past.maybe(0.5, () -> past.contacts().subscribes());
            past.maybe(0.3, () -> past.contacts().visitsStore());
        }

        @Override
        void visit(Visit visit) {
            visit.arrives("newsletter");
            visit.looksAt(1, 3);
            visit.maybe(0.6, () -> visit.talks().fillsIn("contact", 0.4));
            visit.maybe(0.3, () -> visit.talks().subscribes("email"));
            visit.maybe(0.1, () -> visit.talks().unsubscribes("email"));
            visit.maybe(0.3, () -> visit.later().visitsStore());
        }
    },

    /** Wants one product, and cannot decide to buy it. */
    WAVERER(3, 4.0) {
        @Override
        void visit(Visit visit) {
            visit.arrives("search");
            visit.looksAgain(3);
            visit.wavers();
            visit.maybe(0.5, () -> visit.talks().chats(5));
            visit.maybe(0.3, visit::comesBackLater);
        }
    },

    /** Visits all the time, and bought once. */
    WINDOW_SHOPPER(3, 3.0) {
        @Override
        void past(Past past) {
            past.orders().some(1, 1, 40, 200);
            past.contacts().looksIn(12, 25);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            visit.arrives("newsletter");
            visit.looksAt(1, 3);
            visit.maybe(0.2, visit::wishes);
        }
    },

    /** Buys the same product again when it is used up. */
    REPLENISHER(3, 0.5) {
        @Override
        void past(Past past) {
            past.orders().staple(5, 28);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            visit.arrives("direct");
            visit.addsStaple();
            visit.startsCheckout();
            visit.orders();
        }
    },

    /** Shops at one hour of the week. */
    HABITUAL(2, 0.3) {
        @Override
        void past(Past past) {
            past.orders().weekly(8);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            LOYAL.visit(visit);
        }
    },

    /** Buys what is new. */
    TREND_FOLLOWER(2, 2.0) {
        @Override
        void past(Past past) {
            past.orders().novelties();
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            visit.arrives("social");
            visit.looksAtNovelties();
            visit.addsThat();
            visit.startsCheckout();
            visit.orders();
            visit.maybe(0.4, () -> visit.talks().reviews(2));
        }
    },

    /** Used to buy every three weeks, and stopped; some become lapsed during the demo. */
    LAPSED(1, 0.1) {
        @Override
        void past(Past past) {
            past.orders().rhythm(4, 21, past.chance(0.3) ? 89.8 : past.days(60, 140));
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            LURKER.visit(visit);
        }
    },

    /** Was away for long, and has returned. */
    WON_BACK(1, 2.0) {
        @Override
        void past(Past past) {
            past.orders().some(1, 3, 230, past.longest() - 1);
            past.orders().some(1, 1, 1, 25);
            past.contacts().usual();
        }

        @Override
        void visit(Visit visit) {
            BUYER.visit(visit);
        }
    };

    private final int share;
    private final double eagerness;

    Habit(int share, double eagerness) {
        this.share = share;
        this.eagerness = eagerness;
    }

    /** Returns how many of a hundred shoppers have this habit. */
    int share() {
        return share;
    }

    /** Returns how often such a shopper visits, relative to others. */
    double eagerness() {
        return eagerness;
    }

    /** Adds the shopper's history before the simulated visits: by default, only contacts that any shopper may have had. */
    void past(Past past) {
        past.contacts().usual();
    }

    /** Adds the events of one visit. */
    abstract void visit(Visit visit);
}
