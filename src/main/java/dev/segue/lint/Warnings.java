// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.ExpressionPlaces;
import dev.segue.yaml.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects warnings about one definition. */
record Warnings(ExpressionPlaces places, List<Problem> found) {
    private static final String MARK = "warning: ";

    /** Adds no warning if the file does not contain the expression, as with the value of a param. */
    void add(Expression expression, String message) {
        add(places.at(expression, MARK + message));
    }

    void addAtKey(String name, String message) {
        add(places.atKey(name, MARK + message));
    }

    void addAtParam(String name, String message) {
        add(places.atParam(name, MARK + message));
    }

    /** Returns true if the expression is written where it is evaluated; the value of a param is not. */
    boolean isWritten(Expression expression) {
        return places.at(expression, "") != null;
    }

    /** Adds those of the further warnings that are at places without a warning. */
    static void addElsewhere(List<Problem> further, List<Problem> warnings) {
        List<Problem> elsewhere = further.stream()
                .filter(more -> warnings.stream().noneMatch(warning -> isAt(warning, more)))
                .toList();
        warnings.addAll(elsewhere);
    }

    private static boolean isAt(Problem warning, Problem other) {
        return warning.file().equals(other.file())
                && warning.line() == other.line()
                && warning.column() == other.column();
    }

    private void add(@Nullable Problem warning) {
        if (warning != null) {
            found.add(warning);
        }
    }
}
