// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.event.CommonFields;
import dev.segue.event.Nearest;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sentences about names that nothing has: of streams, functions and fields. */
final class NameMessages {
    /** At most this many fields of a record are listed. */
    private static final int MOST_FIELDS = 12;

    private static final String CUSTOM_EVENT = "custom_event";
    private static final Pattern USE_AS_STREAM = Pattern.compile(
            "\\w+\\s*\\.\\s*(?:count|exists|all|share|filter|within|before|after|last|latest|first|groupBy|map|overdue|follows|unanswered)\\b.*",
            Pattern.DOTALL);
    private static final Pattern BETWEEN_WORDS = Pattern.compile("_+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern USE_AS_VALUE = Pattern.compile("\\w+\\s*(?:[\\])&|,?:=!<>}].*)?", Pattern.DOTALL);

    /** What stands before a value that is compared, or is one of several. */
    private static final Pattern BEFORE_VALUE = Pattern.compile(".*(?:[=!]=|[<>]=?|[\\[,(])\\s*", Pattern.DOTALL);

    private final Language language;
    private final String expression;

    NameMessages(Language language, String expression) {
        this.language = language;
        this.expression = expression;
    }

    /** Suggests the nearest name; if there is none, lists the record's own fields, then those that all events have. */
    static String field(String name, Optional<RecordType> record) {
        return record.map(known -> "undefined field '" + name + "' of " + named(known) + "." + hintOrList(name, known))
                .orElse("undefined field '" + name + "'.");
    }

    private static String named(RecordType record) {
        if (record.equals(ProductFacts.TYPE)) {
            return Expression.Product.FUNCTION + "()";
        }
        return record.name().isEmpty() ? "params" : record.name().startsWith("most_") ? "most()" : record.name();
    }

    private static String hintOrList(String name, RecordType record) {
        if (record.equals(ProductFacts.TYPE) && name.startsWith("variant")) {
            return " A variant is named beside the product: product(i.product_id, i.variant).stock.";
        }
        List<String> known = CelTypes.fieldNames(record);
        String hint = Nearest.hint(name, known);
        if (!hint.isEmpty()) {
            return hint;
        }
        if (known.isEmpty()) {
            return " There are none.";
        }
        Set<String> common = Set.copyOf(CommonFields.NAMES);
        List<String> ordered = new ArrayList<>(known);
        ordered.sort((one, other) -> Boolean.compare(common.contains(one), common.contains(other)));
        int more = ordered.size() - MOST_FIELDS;
        String shown = ordered.stream().limit(MOST_FIELDS).collect(Collectors.joining(", "));
        return " Its fields: " + shown + (more > 0 ? " and " + more + " more." : ".");
    }

    /** @param index where the name begins in the expression */
    String stream(String name, int index) {
        if (name.equals(Expression.Product.FUNCTION)) {
            return "'product' is a function of a product's id. Write product(i.product_id), or of a variant product(i.product_id,"
                    + " i.variant).";
        }
        String before = expression.substring(0, Math.min(index, expression.length()));
        String here = expression.substring(Math.min(index, expression.length()));
        Optional<String> near = Nearest.to(name, language.variableNames());
        String hint = near.map(known -> " Did you mean '" + known + "'?").orElse("");
        String text = "unknown name '" + name + "'." + hint;
        Matcher value = BEFORE_VALUE.matcher(before);
        if (value.matches() && USE_AS_VALUE.matcher(here).matches()) {
            return text + " A text is written in quotes: '" + name + "'.";
        }
        boolean mayBeOwn = near.isEmpty() || !Nearest.isTypo(name, near.get());
        return mayBeOwn
                        && USE_AS_STREAM.matcher(here).matches()
                        && language.streams().elements().containsKey(CUSTOM_EVENT)
                ? text + " Events of your own are custom events: " + CUSTOM_EVENT + ".filter(e, e.name == '"
                        + title(name) + "')."
                : text;
    }

    /** The name as trackers usually write it: Size Guide Opened. */
    private static String title(String name) {
        return Arrays.stream(BETWEEN_WORDS.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
