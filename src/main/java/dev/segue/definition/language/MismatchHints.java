// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Suggests how to mend a comparison of two values of different types. */
final class MismatchHints {
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Pattern DAY =
            Pattern.compile("['\"](?i:(mon|tue|wed|thu|fri|sat|sun)(?:s|rs|day|sday|nesday|rsday|urday)?)\\.?['\"]");

    /** Records keep their own names; all other types are named in plain words. */
    private static final Pattern RECORD = Pattern.compile("[A-Z]\\w*");

    private MismatchHints() {}

    /**
     * Returns a sentence that begins with a space; empty if there is no suggestion.
     *
     * @param types the types of both sides, in the words of {@link TypeWords}
     * @param expression the whole expression
     * @param index the operator's place
     */
    static String of(List<String> types, String expression, int index) {
        boolean text = types.stream().anyMatch(type -> type.contains("text"));
        boolean whole = types.stream().anyMatch(type -> type.contains("whole number"));
        String before = expression.substring(0, Math.min(index, expression.length()));
        String after = expression.substring(Math.min(index, expression.length()));
        Matcher day = DAY.matcher(after);
        if (text && whole && before.stripTrailing().endsWith("weekday") && day.find()) {
            int number = DAYS.indexOf(DAYS.stream()
                            .filter(name -> name.startsWith(day.group(1).toLowerCase(Locale.ROOT)))
                            .findFirst()
                            .orElseThrow())
                    + 1;
            return " A weekday is a number, 1 for Monday to 7 for Sunday: write " + number + " for " + day.group()
                    + ".";
        }
        if (whole && types.contains("number with a point")) {
            return " Write the whole number with a point too, such as 3.0.";
        }
        if (types.contains("null")) {
            return " Use has(x.field), or compare with '' or 0.";
        }
        if (types.stream().anyMatch(type -> type.startsWith("list of "))) {
            return " Ask for one value of the list, such as 'ann' in customer.ids, or for their number, with count().";
        }
        if (types.contains("product")) {
            return " Select one of the product's fields, such as product(i.product_id).stock.";
        }
        if (types.contains("map")) {
            return " Name one of the map's entries, such as profile.attributes['plan'].";
        }
        if (types.contains(Streams.CUSTOMER)) {
            return " Name one of its fields: customer.id or customer.ids.";
        }
        if (types.stream().anyMatch(type -> RECORD.matcher(type).matches())) {
            return " Name one of the record's fields.";
        }
        if (!text) {
            return "";
        }
        if (types.contains("time")) {
            return " Write a time as timestamp('2026-11-27T00:00:00Z'), or use within('30d').";
        }
        if (whole || types.contains("number with a point")) {
            return " Write numbers without quotes.";
        }
        return types.contains("true or false") ? " Write true and false without quotes." : "";
    }
}
