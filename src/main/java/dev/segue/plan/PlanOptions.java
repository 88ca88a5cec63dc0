// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.CurrencySettings;
import dev.segue.config.RefusedIds;
import dev.segue.config.Settings;
import dev.segue.event.OriginPrecedence;
import dev.segue.plan.state.RecentIds;
import java.time.ZoneId;

/**
 * Options for all definitions of a plan.
 *
 * @param zone the time zone for hours and weekdays of events without a time zone, and for dates of customers whose
 *     profile has none
 * @param dedupWindow number of a customer's latest events among which duplicates are detected, 1 to {@value
 *     RecentIds#MOST}; each event takes six bytes of the customer's state
 * @param currency the currency to which amounts are converted
 * @param origins the order in which origins of profile data prevail
 * @param placeholders ids that are counted as a problem if an order has one
 */
public record PlanOptions(
        ZoneId zone, int dedupWindow, CurrencySettings currency, OriginPrecedence origins, RefusedIds placeholders) {
    /** @throws IllegalArgumentException if the window is out of range */
    public PlanOptions {
        if (dedupWindow < 1 || dedupWindow > RecentIds.MOST) {
            throw new IllegalArgumentException(
                    "the dedup window must be from 1 to " + RecentIds.MOST + ", not " + dedupWindow);
        }
    }

    /** Returns UTC, a window of 16 events, no conversion of amounts, and the usual precedence of origins and
     * placeholders. */
    public static PlanOptions defaults() {
        return new PlanOptions(
                ZoneId.of("UTC"), 16, CurrencySettings.none(), OriginPrecedence.usual(), RefusedIds.usual());
    }

    /** Returns the options that settings give all definitions. */
    public static PlanOptions of(Settings settings) {
        return new PlanOptions(
                settings.zone(),
                settings.limits().dedupWindow(),
                settings.currency(),
                settings.origins(),
                settings.limits().refusedIds());
    }

    public PlanOptions withZone(ZoneId value) {
        return new PlanOptions(value, dedupWindow, currency, origins, placeholders);
    }

    public PlanOptions withDedupWindow(int value) {
        return new PlanOptions(zone, value, currency, origins, placeholders);
    }

    public PlanOptions withCurrency(CurrencySettings value) {
        return new PlanOptions(zone, dedupWindow, value, origins, placeholders);
    }

    public PlanOptions withOrigins(OriginPrecedence value) {
        return new PlanOptions(zone, dedupWindow, currency, value, placeholders);
    }
}
