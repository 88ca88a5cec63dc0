// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads single values of a file of products. */
final class FactValues {
    private static final String PRICE = "price";
    private static final String STOCK = "stock";
    private static final String LAUNCHED_AT = "launched_at";

    /** Money has four places, and at most 14 digits before them. */
    private static final int PLACES = 4;

    private static final int DIGITS = 14;
    private static final int LONGEST_NUMBER = 64;

    private FactValues() {}

    /** @throws RefusedRow if the value is not what its field needs; the reason says how to mend it */
    static Object typed(String field, Object value) throws RefusedRow {
        return switch (field) {
            case PRICE -> price(value);
            case STOCK -> stock(value);
            case LAUNCHED_AT -> instant(field, value);
            default -> text(field, value);
        };
    }

    /** A number is a text too: many shops number their products. */
    static String text(String field, Object value) throws RefusedRow {
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        throw new RefusedRow(field + " is " + RefusedRow.quote(value) + " and not a text; write it in quotation marks");
    }

    static Instant instant(String field, Object value) throws RefusedRow {
        try {
            Instant instant = OffsetDateTime.parse(value.toString().strip()).toInstant();
            long unused = instant.toEpochMilli();
            return instant;
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new RefusedRow(
                    field + " " + RefusedRow.quote(value) + " is not a time; write it like 2025-11-01T00:00:00Z");
        }
    }

    private static BigDecimal price(Object value) throws RefusedRow {
        BigDecimal price = number(PRICE, value);
        if (price.signum() < 0) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value)
                    + " is negative; write the price of one piece, or leave it out if it is not known");
        }
        // Of a number with many digits, no more may be written out.
        if (price.signum() != 0 && (long) price.precision() - price.scale() > DIGITS) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value) + " has more than " + DIGITS
                    + " digits before the point; write the price of one piece");
        }
        try {
            return price.signum() == 0 ? BigDecimal.ZERO.setScale(PLACES) : price.setScale(PLACES);
        } catch (ArithmeticException inexact) {
            throw new RefusedRow(PRICE + " " + RefusedRow.quote(value) + " has more than " + PLACES
                    + " digits after the point; round it");
        }
    }

    private static Long stock(Object value) throws RefusedRow {
        BigDecimal stock = number(STOCK, value);
        String advice = "; write the number of pieces that can be sold, 0 if there are none";
        if (stock.signum() < 0) {
            throw new RefusedRow(STOCK + " " + RefusedRow.quote(value) + " is negative" + advice);
        }
        try {
            if (stock.signum() == 0 || (long) stock.precision() - stock.scale() < DIGITS) {
                return stock.longValueExact();
            }
        } catch (ArithmeticException fraction) {
            // Not a whole number.
        }
        throw new RefusedRow(STOCK + " " + RefusedRow.quote(value) + " is not a whole number" + advice);
    }

    private static BigDecimal number(String field, Object value) throws RefusedRow {
        String text = value.toString().strip();
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException notANumber) {
            // Explained below.
        }
        throw new RefusedRow(
                field + " " + RefusedRow.quote(value) + " is not a number; write it like " + example(field));
    }

    private static String example(String field) {
        return field.equals(PRICE) ? "19.90" : "3";
    }
}
