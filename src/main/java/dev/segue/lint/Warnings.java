package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.ExpressionPlaces;
import dev.segue.yaml.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects warnings about one definition. */
record Warnings(ExpressionPlaces places, List<Problem> found) {
    private static final String MARK = "warning: ";

    /** Where the file has no such expression, such as a param's value, there is no warning. */
    void add(Expression expression, String message) {
        add(places.at(expression, MARK + message));
    }

    void addAtParam(String name, String message) {
        add(places.atParam(name, MARK + message));
    }

    /** Whether the expression was written where it is evaluated; the value of a param was not. */
    boolean isWritten(Expression expression) {
        return places.at(expression, "") != null;
    }

    private void add(@Nullable Problem warning) {
        if (warning != null) {
            found.add(warning);
        }
    }
}
