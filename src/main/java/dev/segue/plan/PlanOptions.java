package dev.segue.plan;

import java.time.ZoneId;

/**
 * What holds for all definitions of a plan.
 *
 * @param zone the time zone of hours, weekdays and dates where neither event nor profile names one
 * @param dedupWindow among how many of a customer's latest events a duplicate is known, 1 to {@value RecentIds#MOST};
 *     each takes six bytes of the customer's state
 */
public record PlanOptions(ZoneId zone, int dedupWindow) {
    /** @throws IllegalArgumentException where the window is out of its range */
    public PlanOptions {
        if (dedupWindow < 1 || dedupWindow > RecentIds.MOST) {
            throw new IllegalArgumentException(
                    "the dedup window must be from 1 to " + RecentIds.MOST + ", not " + dedupWindow);
        }
    }

    /** UTC, and the latest 16 events. */
    public static PlanOptions defaults() {
        return new PlanOptions(ZoneId.of("UTC"), 16);
    }

    public PlanOptions withZone(ZoneId value) {
        return new PlanOptions(value, dedupWindow);
    }

    public PlanOptions withDedupWindow(int value) {
        return new PlanOptions(zone, value);
    }
}
