// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as shops show them: with a decimal point or comma, groups of three digits, and a currency before or after, such
 * as {@code $1,299.00}, {@code 12,50 €} or {@code CHF 1'200}. Which mark is the decimal one must follow from the text
 * itself: {@code 1.234} and {@code 1,234} are refused, because they may be a thousand times larger or smaller.
 */
final class PriceText {
    private static final int LONGEST = 64;
    private static final String BLANKS = "[\\s\\u00a0\\u202f]";

    /** A currency's sign or its code. */
    private static final String CURRENCY = "(?:[\\p{Sc}]|\\p{L}{1,3}\\.?[\\p{Sc}]?)";

    private static final Pattern PRICE = Pattern.compile("(?<sign>[+-]?)" + BLANKS + "*(?:" + CURRENCY + BLANKS + "*)?"
            + "(?<inner>[+-]?)(?<number>[0-9](?:[0-9.,'\\u2019]|" + BLANKS + "(?=[0-9]))*|[.,][0-9]+)"
            + "(?:,-|[.]-)?" + BLANKS + "*(?:" + CURRENCY + ")?");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?[eE][+-]?[0-9]{1,3}");

    /** Groups of three with one kind of mark, and perhaps a fraction behind another mark. */
    private static final Pattern GROUPED = Pattern.compile(
            "(?<whole>[0-9]{1,3}(?<mark>[.,' \\u00a0\\u202f\\u2019])[0-9]{3}(?:\\k<mark>[0-9]{3})*)(?:(?!\\k<mark>)[.,](?<fraction>[0-9]*))?");

    private static final Pattern PLAIN = Pattern.compile("(?<whole>[0-9]*)(?:[.,](?<fraction>[0-9]*))?");
    private static final Pattern AMBIGUOUS = Pattern.compile("[1-9][0-9]{0,2}[.,][0-9]{3}");

    private PriceText() {}

    /**
     * @param field its name in messages
     * @throws RefusedRow if the text is not a number, or is ambiguous
     */
    static BigDecimal read(String text, String field) throws RefusedRow {
        String stripped = text.strip();
        if (stripped.length() > LONGEST) {
            throw new RefusedRow(field + " is not a number", RefusedRow.quote(text));
        }
        if (SCIENTIFIC.matcher(stripped).matches()) {
            return FieldSource.Value.number(stripped, field);
        }
        Matcher price = PRICE.matcher(stripped);
        if (!price.matches()
                || (!price.group("sign").isEmpty() && !price.group("inner").isEmpty())) {
            throw new RefusedRow(field + " is not a number", RefusedRow.quote(text));
        }
        BigDecimal number = digits(price.group("number"), text, field);
        return (price.group("sign") + price.group("inner")).equals("-") ? number.negate() : number;
    }

    private static BigDecimal digits(String number, String text, String field) throws RefusedRow {
        if (AMBIGUOUS.matcher(number).matches()) {
            throw new RefusedRow(
                    field
                            + " may be a thousand times larger or smaller: its mark may be decimal or group digits. Send it as"
                            + " a JSON number",
                    RefusedRow.quote(text));
        }
        Matcher grouped = GROUPED.matcher(number);
        Matcher plain = PLAIN.matcher(number);
        // No number begins with a group of zero thousands: 0,999 is less than one.
        boolean groups = grouped.matches() && !number.startsWith("0");
        Matcher found = groups ? grouped : plain;
        if (!groups && !plain.matches()) {
            throw new RefusedRow(field + " is not a number", RefusedRow.quote(text));
        }
        String whole = found.group("whole").replaceAll("[^0-9]", "");
        String fraction = found.group("fraction");
        if (whole.isEmpty() && (fraction == null || fraction.isEmpty())) {
            throw new RefusedRow(field + " is not a number", RefusedRow.quote(text));
        }
        return new BigDecimal(
                (whole.isEmpty() ? "0" : whole) + (fraction == null || fraction.isEmpty() ? "" : "." + fraction));
    }
}
