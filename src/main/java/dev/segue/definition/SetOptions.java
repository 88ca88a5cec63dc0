// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.CurrencySettings;
import dev.segue.event.OriginPrecedence;
import java.time.ZoneId;

/**
 * The settings on which the meaning of definitions depends, published with them so that all instances agree.
 *
 * @param zone for events and profiles without a time zone
 * @param dedupWindow number of a customer's latest events among which duplicates are detected
 * @param currency the currency to which amounts are converted
 * @param origins the order in which origins of profile data prevail
 */
public record SetOptions(ZoneId zone, int dedupWindow, CurrencySettings currency, OriginPrecedence origins) {
    /**
     * Returns whether data that was kept under the other settings has the same meaning under these. Data of each origin
     * is kept apart, so another order of precedence only reads it in another way.
     */
    public boolean means(SetOptions other) {
        return zone.equals(other.zone) && currency.equals(other.currency);
    }
}
