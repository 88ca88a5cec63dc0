package dev.segue.demo;

/** How somebody shops. The shares of all habits add up to 100. */
enum Habit {
    /** Knows what to buy, and buys often. */
    LOYAL(8, 9.0, 3, 7) {
        @Override
        void visit(Visit visit) {
            visit.arrives("direct");
            visit.looksAt(1, 2);
            visit.adds();
            visit.maybe(0.4, visit::adds);
            visit.seesCart();
            visit.startsCheckout();
            visit.orders();
        }
    },
    /** Looks around, puts something into the cart, and mostly pays. */
    BUYER(17, 3.0, 0, 2) {
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
            visit.maybe(0.75, () -> {
                visit.startsCheckout();
                visit.maybe(0.85, visit::orders);
            });
        }
    },
    /** Fills the cart and goes away; a reminder by mail sometimes helps. */
    ABANDONER(15, 4.0, 0, 1) {
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
            visit.getsReminded();
        }
    },
    /** Holds many products against each other and rarely decides. */
    COMPARER(15, 4.0, 0, 0) {
        @Override
        void visit(Visit visit) {
            visit.arrives("search");
            visit.searches();
            visit.looksAt(4, 9);
            visit.maybe(0.3, visit::wishes);
            visit.maybe(0.25, () -> {
                visit.adds();
                visit.maybe(0.5, visit::removes);
            });
            visit.maybe(0.4, visit::comesBackLater);
        }
    },
    /** Buys with a coupon, or not at all. */
    COUPON_HUNTER(8, 3.0, 0, 3) {
        @Override
        void visit(Visit visit) {
            visit.arrives("coupon-site");
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
    /** Orders several things and sends most of them back. */
    RETURNER(5, 3.0, 1, 3) {
        @Override
        void visit(Visit visit) {
            visit.arrives("direct");
            visit.looksAt(2, 4);
            visit.adds();
            visit.adds();
            visit.startsCheckout();
            visit.orders();
            visit.maybe(0.7, visit::sendsBack);
        }
    },
    /** Only looks. */
    LURKER(20, 2.0, 0, 0) {
        @Override
        void visit(Visit visit) {
            visit.arrives("social");
            visit.looksAt(0, 2);
            visit.maybe(0.1, visit::wishes);
        }
    },
    /** Bought once upon a time, and hardly ever comes by. */
    OCCASIONAL(12, 0.3, 1, 1) {
        @Override
        void visit(Visit visit) {
            BUYER.visit(visit);
        }
    };

    private final int share;
    private final double eagerness;
    private final int fewestPastOrders;
    private final int mostPastOrders;

    Habit(int share, double eagerness, int fewestPastOrders, int mostPastOrders) {
        this.share = share;
        this.eagerness = eagerness;
        this.fewestPastOrders = fewestPastOrders;
        this.mostPastOrders = mostPastOrders;
    }

    /** What such a shopper does in one visit. */
    abstract void visit(Visit visit);

    /** Of a hundred shoppers, how many are like this. */
    int share() {
        return share;
    }

    /** How often such a shopper visits, relative to others. */
    double eagerness() {
        return eagerness;
    }

    int fewestPastOrders() {
        return fewestPastOrders;
    }

    int mostPastOrders() {
        return mostPastOrders;
    }
}
