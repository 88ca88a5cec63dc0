package dev.segue.cli;

import dev.segue.definition.language.Expression.Literal;

/** A param's value as people write it. */
final class ParamValue {
    private ParamValue() {}

    static String of(Literal value) {
        String text = value.value().toString();
        return text.isEmpty() || text.contains(" ") ? value.text() : text;
    }
}
