// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Converts numbers, given as numbers or as text. The conversion is exact: a number that does not fit is rejected, never
 * rounded.
 */
public final class Numbers {
    /** Digits of money in total, including the four after the point: decimal(18,4). */
    private static final int DIGITS = 18;

    private static final String MONEY = "a decimal with at most 14 digits before and 4 after the point";

    /** Longer text is not a plausible number, and slow to parse. */
    private static final int LONGEST = 64;

    private Numbers() {}

    /** Rescales to four places. */
    static BigDecimal money(BigDecimal value, String path) throws BadRecord {
        // The first test is cheap for any value; setScale(4) of 1e999999999 would write a billion digits.
        if (value.signum() != 0 && (long) value.precision() - value.scale() > DIGITS - FieldTypes.SCALE) {
            throw LooseValues.wrong(path, MONEY, value);
        }
        try {
            return value.setScale(FieldTypes.SCALE, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException inexact) {
            throw LooseValues.wrong(path, MONEY, value);
        }
    }

    static BigDecimal money(Object value, String path) throws BadRecord {
        BigDecimal exact = exact(value);
        if (exact == null) {
            throw LooseValues.wrong(path, MONEY, value);
        }
        return exact.signum() == 0 ? BigDecimal.ZERO.setScale(FieldTypes.SCALE) : money(exact, path);
    }

    static Long wholeNumber(Object value, String path) throws BadRecord {
        if (value instanceof Long whole) {
            return whole;
        }
        BigDecimal exact = exact(value);
        try {
            if (exact != null && exact.precision() - (long) exact.scale() < 20) {
                return exact.longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // Falls through: the number has a fraction or exceeds 64 bits.
        }
        throw LooseValues.wrong(path, "a whole number of at most 64 bits", value);
    }

    static Double number(Object value, String path) throws BadRecord {
        BigDecimal exact = exact(value);
        double number = exact == null ? Double.NaN : exact.doubleValue();
        if (!Double.isFinite(number)) {
            throw LooseValues.wrong(path, "a number", value);
        }
        return number;
    }

    private static @Nullable BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        if (value instanceof Number whole) {
            return BigDecimal.valueOf(whole.longValue());
        }
        return value instanceof CharSequence text ? parse(text.toString()) : null;
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return text.length() > LONGEST ? null : new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
