// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a trace for one customer, from which plain loops compute whether segments are ever entered and held at
 * the end, without using a plan. Between two actions of a customer, time alone may change them, up to and including the
 * instant of the second.
 */
final class OrdersOfCustomer {
    private static final long DAY = 86_400_000L;

    /** All actions of the customer, in order of time. */
    private final List<Deed> deeds = new ArrayList<>();

    /** One action of the customer. */
    private record Deed(long time, boolean order, boolean coupon) {}

    /** Whether a segment was ever entered, and whether it held at the end. */
    record Answer(boolean entered, boolean member) {}

    void orders(long time, boolean coupon) {
        deeds.add(new Deed(time, true, coupon));
    }

    void doesSomethingElse(long time) {
        deeds.add(new Deed(time, false, false));
    }

    private List<Long> orderTimes() {
        return deeds.stream().filter(Deed::order).map(Deed::time).sorted().toList();
    }

    Answer oneTimeBuyer(long end) {
        List<Long> times = orderTimes();
        if (times.isEmpty()) {
            return new Answer(false, false);
        }
        long month = times.get(0) + 30 * DAY;
        boolean only = times.size() == 1;
        return new Answer(month <= (only ? end : times.get(1)), only && month <= end);
    }

    Answer loyal(long end) {
        List<Long> times = orderTimes();
        boolean entered = false;
        for (int fourth = 3; fourth < times.size(); fourth++) {
            entered |= times.get(fourth) - times.get(fourth - 3) < 365 * DAY;
        }
        int inYear = 0;
        int lately = 0;
        for (long time : times) {
            inYear += time > end - 365 * DAY ? 1 : 0;
            lately += time > end - 90 * DAY ? 1 : 0;
        }
        return new Answer(entered, inYear >= 4 && lately >= 1);
    }

    Answer dormant(long end) {
        List<Deed> sorted = deeds.stream()
                .sorted((one, other) -> Long.compare(one.time(), other.time()))
                .toList();
        boolean entered = false;
        boolean dormantNow = false;
        long lastOrder = Long.MIN_VALUE;
        for (int index = 0; index < sorted.size(); index++) {
            Deed deed = sorted.get(index);
            lastOrder = deed.order() ? deed.time() : lastOrder;
            long next = index + 1 < sorted.size() ? sorted.get(index + 1).time() : end;
            dormantNow = lastOrder != Long.MIN_VALUE && lastOrder + 180 * DAY <= next && deed.time() + 30 * DAY <= next;
            entered |= dormantNow;
        }
        return new Answer(entered, dormantNow);
    }

    Answer dormantByOwnRhythm(long end) {
        List<Long> times = orderTimes();
        boolean entered = false;
        boolean overdue = false;
        for (int latest = 2; latest < times.size(); latest++) {
            List<Long> gaps = new ArrayList<>();
            for (int index = 0; index < latest; index++) {
                gaps.add(times.get(index + 1) - times.get(index));
            }
            gaps.sort(null);
            // Twice the median, so that it is a whole number for an even count too.
            long twice = gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2);
            long due = times.get(latest) + 3 * twice / 2;
            overdue = due <= (latest + 1 < times.size() ? times.get(latest + 1) : end);
            entered |= overdue;
        }
        return new Answer(entered, overdue);
    }

    Answer couponCustomer(long end) {
        List<Deed> orders = deeds.stream().filter(Deed::order).toList();
        boolean entered = false;
        for (int known = 1; known <= orders.size(); known++) {
            // The share changes with each order, and whenever an order becomes a year old before the next one.
            long next = known < orders.size() ? orders.get(known).time() : end;
            entered |= mostlyCoupons(
                    orders.subList(0, known), orders.get(known - 1).time());
            for (Deed old : orders.subList(0, known)) {
                long yearOld = old.time() + 365 * DAY;
                if (yearOld > orders.get(known - 1).time() && yearOld <= next) {
                    entered |= mostlyCoupons(orders.subList(0, known), yearOld);
                }
            }
        }
        return new Answer(entered, mostlyCoupons(orders, end));
    }

    private static boolean mostlyCoupons(List<Deed> orders, long now) {
        int inYear = 0;
        int coupons = 0;
        for (Deed order : orders) {
            if (order.time() > now - 365 * DAY) {
                inYear++;
                coupons += order.coupon() ? 1 : 0;
            }
        }
        return inYear >= 2 && coupons >= 0.5 * inYear;
    }
}
