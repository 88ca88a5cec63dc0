// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static dev.segue.lint.Expressions.isCall;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.ListOf;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.definition.language.Subexpressions;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Nearest;
import dev.segue.event.Vocabulary;
import java.util.List;
import java.util.stream.Stream;

/** Finds comparisons of the {@code type} of an activity with a name that no activity has. */
final class ActivityTypes {
    private final Vocabulary vocabulary;
    private final Warnings warnings;

    ActivityTypes(Vocabulary vocabulary, Warnings warnings) {
        this.vocabulary = vocabulary;
        this.warnings = warnings;
    }

    void report(Expression expression) {
        Subexpressions.all(expression)
                .filter(Call.class::isInstance)
                .flatMap(part -> names((Call) part))
                .forEach(this::check);
    }

    /** The constants with which a call compares the type of an activity. */
    private static Stream<Literal> names(Call call) {
        boolean compares = isCall(call, Operators.EQUALS) || isCall(call, Operators.NOT_EQUALS);
        if (!(compares || isCall(call, Operators.IN))
                || call.arguments().stream().noneMatch(ActivityTypes::isType)) {
            return Stream.empty();
        }
        return call.arguments().stream()
                .flatMap(side -> side instanceof ListOf list ? list.elements().stream() : Stream.of(side))
                .filter(Literal.class::isInstance)
                .map(Literal.class::cast);
    }

    private static boolean isType(Expression expression) {
        return expression instanceof Select select
                && select.field().equals("type")
                && select.operand().type() instanceof FieldType.Nested element
                && element.record().name().equals(Streams.ACTIVITY);
    }

    private void check(Literal name) {
        String text = String.valueOf(name.value());
        EventType type = vocabulary.find(text);
        if (type == null) {
            List<String> activities = vocabulary.types().stream()
                    .filter(EventType::activity)
                    .map(EventType::name)
                    .toList();
            warnings.add(name, "'" + text + "' is not an event type." + Nearest.hint(text, activities));
        } else if (!type.activity()) {
            warnings.add(
                    name,
                    "'" + text + "' is not an activity of the customer, so it is never in 'activity'. Read the stream "
                            + text + ".");
        }
    }
}
