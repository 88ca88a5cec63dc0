// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One shopper's history before the simulated visits, as if imported from an older system. Days are counted back from
 * the opening.
 */
final class Past {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Shopper shopper;
    private final Catalogue catalogue;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final long opens;
    private final int longest;

    Past(Shopper shopper, ShopSettings settings, Catalogue catalogue, Agenda agenda, SplittableRandom random) {
        this.shopper = shopper;
        this.catalogue = catalogue;
        this.agenda = agenda;
        this.random = random;
        this.opens = settings.opens().toEpochMilli();
        this.longest = (int) settings.past().toDays();
    }

    PastOrders orders() {
        return new PastOrders(this, shopper, catalogue, random);
    }

    /** Everything except orders. */
    PastContacts contacts() {
        return new PastContacts(this, shopper, catalogue, random);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void maybe(double probability, Runnable step) {
        if (chance(probability)) {
            step.run();
        }
    }

    /** The opening, in milliseconds since the epoch. */
    long opens() {
        return opens;
    }

    /** The length of the past, in days. */
    int longest() {
        return longest;
    }

    /** Returns a plausible shopping time, on a day from {@code fewest} to {@code most} days before the opening. */
    long between(int fewest, int most) {
        return DayRhythm.onDayOf(daysAgo(fewest + random.nextInt(most - fewest + 1)), random);
    }

    /** Returns a random number of days. */
    double days(double least, double most) {
        return random.nextDouble(least, most);
    }

    /** Returns the time this many days before the opening, to the millisecond. */
    long daysAgo(double days) {
        return opens - Math.round(days * DAY);
    }

    /** Plans an event outside visits; a time after the opening is moved to just before it. */
    void happened(long time, String type, String channel, Map<String, Object> fields) {
        agenda.plan(inside(time), new Agenda.Draft(type, shopper, null, channel, fields));
    }

    /** Plans an event of a visit. */
    void visited(long time, String session, String type, Map<String, Object> fields) {
        agenda.plan(inside(time), new Agenda.Draft(type, shopper, session, "web", fields));
    }

    private long inside(long time) {
        return Math.max(opens - longest * DAY, Math.min(time, opens - 1));
    }
}
