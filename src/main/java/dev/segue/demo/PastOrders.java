package dev.segue.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The orders from before the shop's visits are simulated, as if they had been imported from an older system: no visits, only
 * what was bought. Two sale days, thirty and a hundred and eighty days ago, brought many who bought once.
 */
final class PastOrders {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final List<Integer> SALE_DAYS_AGO = List.of(30, 180);

    private final ShopSettings settings;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final long opens;
    private long planned;

    PastOrders(ShopSettings settings, Agenda agenda, SplittableRandom random) {
        this.settings = settings;
        this.agenda = agenda;
        this.random = random;
        this.opens = settings.opens().toEpochMilli();
    }

    void plan(Shopper shopper) {
        Habit habit = shopper.habit();
        if (habit == Habit.OCCASIONAL && random.nextDouble() < 0.6) {
            saleDay(shopper);
            return;
        }
        int orders = random.nextInt(habit.fewestPastOrders(), habit.mostPastOrders() + 1);
        for (int count = 0; count < orders; count++) {
            long back = random.nextLong(DAY, settings.past().toMillis());
            order(shopper, Math.min(DayRhythm.onDayOf(opens - back, random), opens - 1));
        }
    }

    /** So that thirty or a hundred and eighty days without an order end while somebody is watching. */
    private void saleDay(Shopper shopper) {
        int daysAgo = SALE_DAYS_AGO.get(random.nextInt(SALE_DAYS_AGO.size()));
        long time = opens - daysAgo * DAY + random.nextLong(DAY / 2);
        order(shopper, Math.max(time, opens - settings.past().toMillis()));
    }

    private void order(Shopper shopper, long time) {
        List<Product> products = Catalogue.of(shopper.favouriteCategory());
        Map<Product, Integer> bought = Map.of(products.get(random.nextInt(products.size())), 1 + random.nextInt(2));
        boolean coupon = random.nextDouble() < (shopper.habit() == Habit.COUPON_HUNTER ? 0.9 : 0.05);
        Map<String, Object> order = Visit.order("o-past-" + ++planned, bought, coupon);
        agenda.plan(time, new Draft("order_completed", shopper, null, "store", order));
    }
}
