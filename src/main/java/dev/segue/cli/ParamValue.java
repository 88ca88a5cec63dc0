// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.definition.language.Expression.Literal;

/** Formats a param's value for people. */
final class ParamValue {
    private ParamValue() {}

    static String of(Literal value) {
        String text = value.value().toString();
        return text.isEmpty() || text.contains(" ") ? value.text() : text;
    }
}
