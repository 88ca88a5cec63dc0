package dev.segue.definition;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what CEL's parser says into sentences for people who never saw its grammar. */
final class SyntaxMessages {
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched|extraneous) input '(.*?)' expecting .*|no viable alternative at input '(.*)'",
            Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing '?(.*?)'? at .*", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)", Pattern.DOTALL);
    private static final Map<String, String> OPERATORS = Map.of(
            "and", "&&", "AND", "&&", "&", "&&", "or", "||", "OR", "||", "|", "||", "=", "==", "<>", "!=", "not", "!");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+|\\S");
    private static final Pattern UNIT = Pattern.compile("[0-9][smhdw]\\b.*", Pattern.DOTALL);

    private SyntaxMessages() {}

    /** @param index the character of the expression that the parser complains about */
    static String translate(String message, String expression, int index) {
        String here = expression.substring(Math.min(index, expression.length()));
        if (message.startsWith("Expression recursion limit")) {
            return "the expression is nested too deep, or is too long a chain of one operator. Split it into several"
                    + " definitions, joined by in_segment.";
        }
        if (message.startsWith("For input string") || message.contains("range")) {
            return "the number is too large. Whole numbers go up to " + Long.MAX_VALUE + ".";
        }
        if (message.contains("simple name")) {
            return "first comes a name for the element, such as e, then what to ask of it.";
        }
        Matcher reserved = RESERVED.matcher(message);
        if (reserved.matches()) {
            return "'" + reserved.group(1) + "' is a reserved word, not a name."
                    + (reserved.group(1).equals("if") ? " Write condition ? value : otherwise." : "");
        }
        if (UNKNOWN.matcher(message).matches()) {
            return here.startsWith("'") || here.startsWith("\"")
                    ? "the quote that opens here is not closed."
                    : "'" + firstOf(here) + "' does not belong here." + hint(here);
        }
        if (here.isBlank()) {
            return MISSING.matcher(message).matches() || open(expression)
                    ? "the expression ends while a bracket is open. Close it with ')'."
                    : "the expression ends too early: something must follow here.";
        }
        if (index > 0 && UNIT.matcher(expression.substring(index - 1)).matches()) {
            return "a duration stands in quotes, such as '7d'.";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches() && missing.group(1).length() == 1) {
            return "a '" + missing.group(1) + "' is missing before this.";
        }
        return UNEXPECTED.matcher(message).matches() || missing.matches()
                ? "'" + firstOf(here) + "' is not expected here." + hint(here)
                : message.strip().replaceAll("\\s+", " ");
    }

    private static String hint(String here) {
        return Optional.ofNullable(OPERATORS.get(here.startsWith("<>") ? "<>" : firstOf(here)))
                .map(operator -> " Write '" + operator + "'.")
                .orElse("");
    }

    /** Whether more brackets open than close; brackets in texts are few enough not to matter for a hint. */
    private static boolean open(String expression) {
        long opened = expression.chars().filter(character -> character == '(').count();
        return opened > expression.chars().filter(character -> character == ')').count();
    }

    /** The word or, where there is none, the character at a place. */
    private static String firstOf(String here) {
        Matcher word = WORD.matcher(here.strip());
        if (!word.lookingAt()) {
            return "";
        }
        return Character.isHighSurrogate(word.group().charAt(0)) ? here.strip().substring(0, 2) : word.group();
    }
}
