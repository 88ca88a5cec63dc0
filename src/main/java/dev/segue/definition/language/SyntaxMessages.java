// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.event.Nearest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the messages of CEL's parser into sentences for readers who do not know its grammar. */
final class SyntaxMessages {
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched|extraneous) input '(.*?)' expecting .*|no viable alternative at input '(.*)'",
            Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing '?(.*?)'? at .*", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)", Pattern.DOTALL);
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("and", "&&"),
            Map.entry("&", "&&"),
            Map.entry("or", "||"),
            Map.entry("|", "||"),
            Map.entry("=", "=="),
            Map.entry("is", "=="),
            Map.entry("equals", "=="),
            Map.entry("<>", "!="),
            Map.entry("=>", ">="),
            Map.entry("=<", "<="),
            Map.entry("===", "=="));
    /** Words that are operators in other languages and not part of a name. */
    private static final Set<String> OPERATIONS =
            Set.of("and", "or", "not", "is", "in", "equals", "contains", "like", "between");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+|\\S");
    private static final Pattern SYMBOL = Pattern.compile("===|=>|=<|<>");
    private static final Pattern UNIT = Pattern.compile("[0-9](?:ms|[smhdw])\\b.*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.,_'][0-9]+)+");
    private static final Pattern NOT = Pattern.compile("\\b(?i:not)\\s*$");
    private static final Pattern HAS_ENTRY =
            Pattern.compile("\\bhas\\s*\\(\\s*([\\w.()]+)\\s*\\[\\s*(['\"])([^'\"]*)\\2\\s*\\]\\s*\\)");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]\\w*(?: +[A-Za-z]\\w*)+");

    private final String expression;
    private final Set<String> names;

    /** @param names of streams, for suggestions */
    SyntaxMessages(String expression, Set<String> names) {
        this.expression = expression;
        this.names = names;
    }

    /** A message and the index of the character at which it points. */
    record Mistake(int index, String message) {}

    /** @param index the character of the expression at which the parser reports the error */
    Mistake translate(String message, int index) {
        return word(message, index).orElseGet(() -> new Mistake(index, plain(message, index)));
    }

    /** Finds a mistake that begins before the place at which the parser reports it. */
    private Optional<Mistake> word(String message, int index) {
        String before = expression.substring(0, Math.min(index, expression.length()));
        Matcher not = NOT.matcher(before);
        if (not.find()) {
            return Optional.of(
                    new Mistake(not.start(), "'" + not.group().strip() + "' is not an operator. Write '!'."));
        }
        Matcher number = NUMBER.matcher(expression);
        while (number.find()) {
            if (number.start() < index
                    && index <= number.end()
                    && !number.group().matches("[0-9]+\\.[0-9]+")) {
                return Optional.of(new Mistake(
                        index,
                        "'" + number.group()
                                + "' is not a number. Write a decimal point and no thousands separators: "
                                + withPoint(number.group()) + "."));
            }
        }
        return UNEXPECTED.matcher(message).matches() ? name(index) : Optional.empty();
    }

    /**
     * With two kinds of separators the last one is the decimal point; a single separator before three digits is not.
     */
    private static String withPoint(String number) {
        String last = number.replaceAll("[0-9]", "");
        int point = Math.max(number.lastIndexOf(','), number.lastIndexOf('.'));
        boolean thousands = point < 0
                || last.chars()
                                .filter(character -> character == number.charAt(point))
                                .count()
                        > 1
                || (last.length() == 1 && number.length() - point == 4 && !number.startsWith("0"));
        return thousands
                ? number.replaceAll("\\D", "")
                : number.substring(0, point).replaceAll("\\D", "") + "." + number.substring(point + 1);
    }

    /** Finds words that form the name of a stream when joined, such as Order Completed. */
    private Optional<Mistake> name(int index) {
        Matcher words = WORDS.matcher(expression);
        while (words.find()) {
            boolean plain = Arrays.stream(words.group().split(" +", -1))
                    .noneMatch(word -> OPERATIONS.contains(word.toLowerCase(Locale.ROOT)));
            if (plain && words.start() <= index && index < words.end()) {
                String joined = words.group().toLowerCase(Locale.ROOT).replaceAll(" +", "_");
                int start = words.start();
                return Nearest.to(joined, names)
                        .map(name -> new Mistake(
                                start,
                                "a name cannot contain spaces or capital letters. Write " + name + " for "
                                        + words.group() + "."));
            }
        }
        return Optional.empty();
    }

    private String plain(String message, int index) {
        String here = expression.substring(Math.min(index, expression.length()));
        if (message.startsWith("Expression recursion limit")) {
            return "the expression is nested too deeply, or is too long a chain of one operator. Split it into several"
                    + " definitions, joined by in_segment.";
        }
        if (message.startsWith("For input string") || message.contains("range")) {
            return "the number is too large. Whole numbers go up to " + Long.MAX_VALUE + ".";
        }
        if (message.contains("has() macro")) {
            return presence();
        }
        if (message.contains("simple name")) {
            return "the first argument is a name for the element, such as e, and the second an expression over it.";
        }
        Matcher reserved = RESERVED.matcher(message);
        if (reserved.matches()) {
            return "'" + reserved.group(1) + "' is a reserved word, not a name."
                    + (reserved.group(1).equals("if") ? " Write condition ? value : otherwise." : "");
        }
        if (UNKNOWN.matcher(message).matches()) {
            return here.startsWith("'") || here.startsWith("\"")
                    ? "the quote that opens here is not closed. Write another " + here.charAt(0)
                            + " after the text, such as " + here.charAt(0) + "gold" + here.charAt(0) + "."
                    : Lookalikes.message(here)
                            .orElseGet(() -> "'" + firstOf(here) + "' does not belong here." + hint(here));
        }
        if (here.isBlank()) {
            return ends(message);
        }
        if (index > 0 && UNIT.matcher(expression.substring(index - 1)).matches()) {
            return "write a duration in quotes, such as '7d'.";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches() && missing.group(1).length() == 1) {
            return "a '" + missing.group(1) + "' is missing before this.";
        }
        return "'" + firstOf(here) + "' is not expected here." + hint(here);
    }

    private String presence() {
        Matcher entry = HAS_ENTRY.matcher(expression);
        if (!entry.find()) {
            return "has() takes a field, such as has(profile.age).";
        }
        String key = entry.group(3);
        String in = "'" + key + "' in " + entry.group(1);
        return "has() takes a field, not a name in brackets. Write "
                + (key.matches("[A-Za-z_]\\w*") ? "has(" + entry.group(1) + "." + key + "), or " + in : in) + ".";
    }

    private String ends(String message) {
        if (expression.stripTrailing().endsWith("%")) {
            return "'%' is not a percent sign here. Write "
                    + (expression.contains("percentile()")
                            ? "a percentile as a number from 0.0 to 100.0, such as 90.0."
                            : "a share as a number from 0.0 to 1.0, such as 0.5.");
        }
        return MISSING.matcher(message).matches() || open(expression)
                ? "the expression ends while a bracket is open. Close it with ')'."
                : "the expression ends too early: something must follow here.";
    }

    private static String hint(String here) {
        String word = firstOf(here);
        if (word.equalsIgnoreCase("contains") || word.equalsIgnoreCase("like")) {
            return " Write x.contains('text') or, for a pattern, x.matches('pattern').";
        }
        if (word.equalsIgnoreCase("between")) {
            return " Write x >= 1 && x <= 9.";
        }
        Matcher symbol = SYMBOL.matcher(here);
        String operator = symbol.lookingAt() ? symbol.group() : word.toLowerCase(Locale.ROOT);
        if (operator.equals("is") && here.matches("(?is)is\\s+not\\b.*")) {
            return " Write '!='.";
        }
        if (operator.equals("=") && here.matches("(?s)=\\s+[<>].*")) {
            return " Write one comparison, such as '"
                    + here.substring(1).strip().charAt(0) + "='.";
        }
        return Optional.ofNullable(OPERATORS.get(operator))
                .map(known -> " Write '" + known + "'.")
                .orElse("");
    }

    /** Returns whether more brackets open than close. Brackets in texts are too rare to matter for a hint. */
    private static boolean open(String expression) {
        long opened = expression.chars().filter(character -> character == '(').count();
        return opened > expression.chars().filter(character -> character == ')').count();
    }

    /** Returns the first word of a text, or its first character if it does not begin with a word. */
    private static String firstOf(String here) {
        Matcher word = WORD.matcher(here.strip());
        if (!word.lookingAt()) {
            return "";
        }
        return Character.isHighSurrogate(word.group().charAt(0)) ? here.strip().substring(0, 2) : word.group();
    }
}
