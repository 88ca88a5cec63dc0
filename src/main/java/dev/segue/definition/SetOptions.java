// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.config.CurrencySettings;
import java.time.ZoneId;

/**
 * The settings on which the meaning of definitions depends, published with them so that all instances agree.
 *
 * @param zone for events and profiles without a time zone
 * @param dedupWindow number of a customer's latest events among which duplicates are detected
 * @param currency the currency to which amounts are converted
 */
public record SetOptions(ZoneId zone, int dedupWindow, CurrencySettings currency) {
    /** Returns whether data that was kept under the other settings has the same meaning under these. */
    public boolean means(SetOptions other) {
        return zone.equals(other.zone) && currency.equals(other.currency);
    }
}
