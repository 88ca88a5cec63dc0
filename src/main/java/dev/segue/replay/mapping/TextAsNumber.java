// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains why a column, which is a text, cannot be compared or computed with a number. */
final class TextAsNumber {
    private static final Pattern MIXED = Pattern.compile("found no matching overload for '_(?<operator>[-<>=!+*/%]+)_'"
            + " applied to '\\((?<left>\\w+), (?<right>\\w+)\\)'.*");
    private static final Pattern COLUMN_BEFORE = Pattern.compile("row(?:\\.\\w+|\\['[^']*'\\])$");
    private static final Pattern COLUMN_AFTER = Pattern.compile("^row(?:\\.\\w+|\\['[^']*'\\])");
    private static final Pattern NUMBER_BEFORE = Pattern.compile("-?[0-9.]+u?$");
    private static final Pattern NUMBER_AFTER = Pattern.compile("^-?[0-9.]+u?");

    private TextAsNumber() {}

    /**
     * A sentence that shows what to write; null if the message is about something else.
     *
     * @param message CEL's
     * @param place of the operator in the expression, in characters from its start
     */
    static @Nullable String complaint(String message, String expression, int place) {
        Matcher mixed = MIXED.matcher(message);
        if (!mixed.matches()) {
            return null;
        }
        String left = mixed.group("left");
        String right = mixed.group("right");
        boolean textFirst = left.equals("string") && isNumber(right);
        if (!textFirst && !(right.equals("string") && isNumber(left))) {
            return null;
        }
        String operator = mixed.group("operator");
        String type = textFirst ? right : left;
        // Positions are lost where row['x'] was rewritten.
        int start = expression.startsWith(operator, place) ? place : Math.max(0, expression.indexOf(operator));
        String before = expression.substring(0, start).strip();
        String after = expression
                .substring(Math.min(expression.length(), start + operator.length()))
                .strip();
        Matcher column = textFirst ? COLUMN_BEFORE.matcher(before) : COLUMN_AFTER.matcher(after);
        if (!column.find()) {
            return "a text and a number do not go together; convert the text with " + type + "(...)";
        }
        String number = type + "(" + column.group() + ")";
        Matcher other = textFirst ? NUMBER_AFTER.matcher(after) : NUMBER_BEFORE.matcher(before);
        if (!other.find()) {
            return "a column is text; write " + number + " for its number";
        }
        return "a column is text; write "
                + (textFirst
                        ? number + " " + operator + " " + other.group()
                        : other.group() + " " + operator + " " + number);
    }

    private static boolean isNumber(String type) {
        return type.equals("int") || type.equals("uint") || type.equals("double");
    }
}
