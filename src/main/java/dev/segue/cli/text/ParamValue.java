// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.definition.language.Expression.Literal;

/** Formats a param's value for people. */
public final class ParamValue {
    private ParamValue() {}

    public static String of(Literal value) {
        String text = value.value().toString();
        return text.isEmpty() || text.contains(" ") ? value.text() : text;
    }
}
