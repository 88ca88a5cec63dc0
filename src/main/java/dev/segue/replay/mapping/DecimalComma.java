// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with a decimal comma: {@code 1234,5}, and in groups of three {@code 1.234,50}, {@code 1 234,50} or {@code
 * 1'234,50}. A number with one group and no comma, such as {@code 1.234}, is refused: it may come from a column with a
 * decimal point, and would then be a thousand times smaller.
 */
public final class DecimalComma {
    private static final Pattern NUMBER = Pattern.compile(
            "(?<sign>[+-]?)(?:(?<plain>[0-9]{1,30})|(?<grouped>[1-9][0-9]{0,2}(?:(?<mark>[. '\u00a0\u202f\u2019])[0-9]{3})"
                    + "(?:\\k<mark>[0-9]{3}){0,9}))(?:,(?<fraction>[0-9]{1,30}))?");

    private DecimalComma() {}

    /**
     * @param field its name in messages
     * @throws RefusedRow if the text is not such a number, or is ambiguous
     */
    static BigDecimal read(String text, String field) throws RefusedRow {
        String number = text.strip();
        Matcher matcher = NUMBER.matcher(number);
        if (!matcher.matches()) {
            throw new RefusedRow(
                    field + " is not a number with a decimal comma, such as 1.234,50", RefusedRow.quote(text));
        }
        String fraction = matcher.group("fraction");
        String grouped = matcher.group("grouped");
        if (grouped != null && fraction == null && ".".equals(matcher.group("mark")) && isOneGroup(grouped)) {
            throw new RefusedRow(
                    field + " may be a thousand times larger or smaller: it has a point and three digits, but no comma."
                            + " Remove the points with .replace('.', '') if they group digits",
                    RefusedRow.quote(text));
        }
        String digits = grouped == null ? matcher.group("plain") : grouped.replaceAll("[^0-9]", "");
        return new BigDecimal(matcher.group("sign") + digits + (fraction == null ? "" : "." + fraction));
    }

    private static boolean isOneGroup(String grouped) {
        return grouped.indexOf('.') == grouped.lastIndexOf('.');
    }
}
