// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.CurrencySettings;
import dev.segue.plan.state.RecentIds;
import java.time.ZoneId;

/**
 * What holds for all definitions of a plan.
 *
 * @param zone the time zone of hours and weekdays of events that name none, and of the dates of customers whose profile
 *     names none
 * @param dedupWindow among how many of a customer's latest events a duplicate is known, 1 to {@value RecentIds#MOST};
 *     each takes six bytes of the customer's state
 * @param currency what amounts are brought into
 */
public record PlanOptions(ZoneId zone, int dedupWindow, CurrencySettings currency) {
    /** @throws IllegalArgumentException where the window is out of its range */
    public PlanOptions {
        if (dedupWindow < 1 || dedupWindow > RecentIds.MOST) {
            throw new IllegalArgumentException(
                    "the dedup window must be from 1 to " + RecentIds.MOST + ", not " + dedupWindow);
        }
    }

    /** UTC, the latest 16 events, and amounts as they are. */
    public static PlanOptions defaults() {
        return new PlanOptions(ZoneId.of("UTC"), 16, CurrencySettings.none());
    }

    public PlanOptions withZone(ZoneId value) {
        return new PlanOptions(value, dedupWindow, currency);
    }

    public PlanOptions withDedupWindow(int value) {
        return new PlanOptions(zone, value, currency);
    }

    public PlanOptions withCurrency(CurrencySettings value) {
        return new PlanOptions(zone, dedupWindow, value);
    }
}
