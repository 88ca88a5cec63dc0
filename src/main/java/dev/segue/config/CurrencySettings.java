// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shop's currency, and the exchange rates of other currencies.
 *
 * @param shop an ISO 4217 code such as EUR; null: amounts are not converted, whatever their currency
 * @param rates the value of one unit of another currency in the shop's currency, by code
 */
public record CurrencySettings(@Nullable String shop, Map<String, BigDecimal> rates) {
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
    private static final BigDecimal LEAST = new BigDecimal("1e-9");
    private static final BigDecimal MOST = new BigDecimal("1e9");
    private static final int DIGITS = 18;

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public CurrencySettings {
        shop = shop == null || shop.isBlank() ? null : code(shop);
        Check.that(
                shop == null || CODE.matcher(shop).matches(),
                "currency.shop must be a code of three letters such as EUR, not '%s'",
                shop);
        Check.that(
                shop != null || rates.isEmpty(),
                "currency.rates need currency.shop, the currency that they convert to");
        Map<String, BigDecimal> byCode = new TreeMap<>();
        for (Map.Entry<String, BigDecimal> rate : rates.entrySet()) {
            String code = code(rate.getKey());
            Check.that(
                    CODE.matcher(code).matches(),
                    "currency.rates.%s must have a code of three letters such as USD",
                    rate.getKey());
            requireRate(rate.getKey(), rate.getValue());
            Check.that(
                    !code.equals(shop) || rate.getValue().compareTo(BigDecimal.ONE) == 0,
                    "currency.rates.%s must be 1: it is the shop's own currency",
                    rate.getKey());
            Check.that(
                    byCode.put(code, rate.getValue().stripTrailingZeros()) == null,
                    "currency.rates.%s is defined twice",
                    rate.getKey());
        }
        rates = java.util.Collections.unmodifiableMap(byCode);
    }

    private static void requireRate(String code, BigDecimal rate) {
        Check.that(
                rate.compareTo(LEAST) >= 0 && rate.compareTo(MOST) <= 0 && rate.precision() <= DIGITS,
                "currency.rates.%s must be a number from 0.000000001 to 1000000000 with at most %d digits, not %s",
                code,
                DIGITS,
                rate.toPlainString());
    }

    /** Amounts are not converted. */
    public static CurrencySettings none() {
        return new CurrencySettings(null, Map.of());
    }

    /** Normalizes a currency code from settings or events: trims it and converts it to capitals. */
    public static String code(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
