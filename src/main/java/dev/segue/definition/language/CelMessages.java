// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.Nearest;
import dev.segue.event.RecordType;
import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the messages of CEL's type checker into sentences about streams and fields, with suggestions. */
final class CelMessages {
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD = Pattern.compile(
            "found no matching overload for '([^']*)' applied to '(.*?)'( \\(candidates.*)?", Pattern.DOTALL);
    private static final Pattern NO_FIELDS =
            Pattern.compile("type '(.*)' does not support field selection", Pattern.DOTALL);
    private static final Pattern NO_LIST =
            Pattern.compile("expression of type '(.*?)' cannot be .*range.*", Pattern.DOTALL);
    private static final Pattern MACRO = Pattern.compile("(filter|exists|all|share|map|groupBy)\\s*$");
    private static final Pattern HYPHENS = Pattern.compile("[A-Za-z]\\w*(?:-[A-Za-z]\\w*)+");
    private static final Map<String, String> USAGE = Map.ofEntries(
            Map.entry("within", "takes a duration in quotes, such as within('7d')"),
            Map.entry("before", "takes a duration in quotes, such as before('7d')"),
            Map.entry("after", "takes a stream, such as after(order_completed)"),
            Map.entry("follows", "takes a stream and a duration, such as follows(product_viewed, '1h')"),
            Map.entry("unanswered", "takes a stream and a duration, such as unanswered(order_completed, '1h')"),
            Map.entry("lower", "takes a text, such as lower(e.name)"),
            Map.entry("trim", "takes a text, such as trim(e.name)"),
            Map.entry(
                    Percentiles.FUNCTION,
                    "follows one number, point in time or length of time of the customer, such as"
                            + " order_completed.count().percentile() >= 90.0"),
            Map.entry(
                    Expression.Product.FUNCTION,
                    "takes the id of a product and, if it is about a variant, the variant's name, both texts, such as"
                            + " product(i.product_id).stock or product(i.product_id, i.variant).stock"),
            Map.entry(
                    Expression.Launched.FUNCTION,
                    "takes a category and a duration in quotes, such as launched('shoes', '14d')"),
            Map.entry("last", "takes a whole number, such as last(3)"),
            Map.entry("overdue", "takes a number with a point, such as order_completed.overdue(1.5)"),
            Map.entry("count", "follows a list and takes no argument, such as order_completed.count()"),
            Map.entry("latest", "follows a list and takes no argument, such as order_completed.latest().time"),
            Map.entry("first", "follows a list and takes no argument, such as order_completed.first().time"),
            Map.entry("distinct", "follows a list of values, such as product_viewed.map(v, v.category).distinct()"),
            Map.entry("most", "needs simple values: select them with map, such as activity.map(e, e.hour).most()"),
            Map.entry("upcoming", "takes a date and a duration in quotes, such as upcoming('2027-05-01', '14d')"),
            Map.entry("yearly", "takes a date and a duration in quotes, such as yearly('12-25', '14d')"),
            Map.entry("in_segment", "takes a name in quotes, such as in_segment('loyal-customer')"));

    private final Language.Dialect dialect;
    private final Optional<SelectedFields> fields;
    private final ScalarText text;

    CelMessages(Language.Dialect dialect, Optional<CelAbstractSyntaxTree> parsed, ScalarText text) {
        this.dialect = dialect;
        this.fields = parsed.map(tree -> new SelectedFields(dialect, tree.getExpr()));
        this.text = text;
    }

    Problem problem(CelIssue issue) {
        if (issue.getSourceLocation().getLine() < 1) {
            return fields.isEmpty() ? syntax(issue.getMessage(), 0) : text.problem(0, translate(issue, 0));
        }
        int index = text.index(
                issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn());
        if (fields.isEmpty()) {
            return syntax(issue.getMessage(), index);
        }
        Optional<SyntaxMessages.Mistake> hyphens = hyphens(issue.getMessage(), index);
        if (hyphens.isPresent()) {
            return text.problem(hyphens.get().index(), hyphens.get().message());
        }
        return text.problem(place(index), translate(issue, index));
    }

    private Problem syntax(String message, int index) {
        SyntaxMessages.Mistake mistake =
                new SyntaxMessages(text.value(), dialect.language().variableNames()).translate(message, index);
        return text.problem(
                mistake.index(),
                mistake.message() + (text.beforeComment() ? " In YAML ' #' begins a comment: " + quote() : ""));
    }

    private String quote() {
        return text.value().contains("\"") && !text.value().contains("'")
                ? "put the whole expression in single quotes."
                : "put the expression in quotes.";
    }

    /** CEL parses a name with hyphens, such as order-completed, as a subtraction. */
    private Optional<SyntaxMessages.Mistake> hyphens(String message, int index) {
        if (!REFERENCE.matcher(message).matches()) {
            return Optional.empty();
        }
        Matcher names = HYPHENS.matcher(text.value());
        while (names.find()) {
            if (names.start() <= index && index < names.end()) {
                int start = names.start();
                String written = names.group();
                return Nearest.to(
                                written.replace('-', '_').toLowerCase(Locale.ROOT),
                                dialect.language().variableNames())
                        .map(name -> new SyntaxMessages.Mistake(
                                start, "'" + written + "' is a subtraction. Did you mean '" + name + "'?"));
            }
        }
        return Optional.empty();
    }

    /** CEL reports the dot before a field and the bracket after a function; a person looks at the name. */
    private int place(int index) {
        String value = text.value();
        if (fields.isEmpty() || index >= value.length()) {
            return index;
        }
        if (value.charAt(index) == '.') {
            int name = index + 1;
            while (name < value.length() && Character.isWhitespace(value.charAt(name))) {
                name++;
            }
            return name;
        }
        int start = index;
        while (value.charAt(index) == '(' && start > 0 && isNamePart(value.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isNamePart(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private String translate(CelIssue issue, int index) {
        String message = issue.getMessage();
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            Optional<RecordType> record = fields.get().record(issue.getExprId());
            return record.flatMap(of -> notByKey(field.group(1), of))
                    .orElseGet(() -> NameMessages.field(field.group(1), record));
        }
        Matcher reference = REFERENCE.matcher(message);
        if (reference.matches()) {
            return unknown(reference.group(1), fields.get().isFunction(issue.getExprId()), index);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return mismatch(overload.group(1), overload.group(2), index);
        }
        Matcher noFields = NO_FIELDS.matcher(message);
        if (noFields.matches()) {
            return noFields(noFields.group(1), index);
        }
        Matcher noList = NO_LIST.matcher(message);
        if (noList.matches()) {
            return "filter, map, exists, all, share and groupBy follow a list, not a " + TypeWords.of(noList.group(1))
                    + ".";
        }
        if (message.contains("is not a type") || message.contains("type resolution")) {
            return "an event or a line cannot be written as a literal. Read it from a stream.";
        }
        return "this is not an expression of the segment language.";
    }

    /** Returns why by_product and the like lack a stream. */
    private Optional<String> notByKey(String stream, RecordType record) {
        Streams streams = dialect.language().streams();
        return streams.byKey().containsValue(record) && streams.elements().containsKey(stream)
                ? Optional.of("'" + stream + "' has no field '" + Streams.keyOf(record.name())
                        + "', so it is not part of " + record.name() + ".")
                : Optional.empty();
    }

    private String unknown(String name, boolean function, int index) {
        if (name.equals("now")) {
            return "there is no 'now'. Use within, before, upcoming or yearly, such as order_completed.within('7d').";
        }
        if (MACRO.matcher(name).matches()) {
            return name + "() takes a name for the element and an expression over it, such as " + name
                    + "(e, e.country == 'DE').";
        }
        return function
                ? "unknown function '" + name + "'." + Nearest.hint(name, Language.functionNames())
                : new NameMessages(dialect.language(), text.value()).stream(name, index);
    }

    private String mismatch(String function, String applied, int index) {
        String before = text.value().substring(0, Math.min(index, text.value().length()));
        Matcher macro = MACRO.matcher(before);
        if (macro.find() && !USAGE.containsKey(function)) {
            return macro.group(1) + "() needs a condition that is true or false for each element, such as "
                    + macro.group(1) + "(e, e.country == 'DE').";
        }
        if (USAGE.containsKey(function)) {
            return function + "() " + USAGE.get(function) + ".";
        }
        Reduction reduction = Reductions.FUNCTIONS.get(function);
        if (reduction != null && reduction.takesNumbers()) {
            return function + "() needs numbers: select them with map, such as order_completed.map(o, o.total)."
                    + function + "().";
        }
        List<String> types = TypeWords.all(applied);
        if (!function.startsWith("_") && !function.startsWith("@") && !function.startsWith("!")) {
            return "'" + function + "' does not work on " + String.join(", ", types) + ".";
        }
        if (types.size() < 2) {
            return "'" + symbol(function) + "' does not work on " + types.get(0) + ".";
        }
        if (function.equals(Operators.CONDITIONAL) && types.size() == 3) {
            return "both branches of '? :' must have the same type, not " + types.get(1) + " and " + types.get(2) + ".";
        }
        return "'" + symbol(function) + "' does not work on " + types.get(0) + " and "
                + String.join(", ", types.subList(1, types.size())) + "."
                + MismatchHints.of(types, text.value(), index);
    }

    private static String symbol(String function) {
        return function.equals(Operators.IN)
                ? "in"
                : function.equals(Operators.CONDITIONAL) ? "? :" : function.replace("_", "");
    }

    private String noFields(String type, int index) {
        String name = text.value().substring(Math.min(index + 1, text.value().length()));
        int end = 0;
        while (end < name.length() && isNamePart(name.charAt(end))) {
            end++;
        }
        String field = name.substring(0, end);
        if (Language.functionNames().contains(field)) {
            return "'" + field + "' is a function. Write " + field + "().";
        }
        return type.startsWith("list(")
                ? "'" + field + "' is a field of an element, not of a list. Select one element, such as latest()."
                        + field + ", or all with map(e, e." + field + ")."
                : "a " + TypeWords.of(type) + " has no fields.";
    }
}
