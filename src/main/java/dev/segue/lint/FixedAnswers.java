// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static dev.segue.lint.Expressions.isCall;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.ListOf;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Subexpressions;
import dev.segue.event.FieldType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds conditions of one definition that have one fixed result for every customer at all times. */
final class FixedAnswers {
    private static final Set<String> TAKEN_APART =
            Set.of(Operators.AND, Operators.OR, Operators.NOT, Operators.CONDITIONAL);

    private final Definition definition;
    private final Ranges ranges;
    private final Warnings warnings;

    FixedAnswers(Definition definition, Ranges ranges, Warnings warnings) {
        this.definition = definition;
        this.ranges = ranges;
        this.warnings = warnings;
    }

    void report() {
        if (definition.rule() instanceof DefinitionRule.Segment segment) {
            report(segment);
        } else if (definition.rule() instanceof DefinitionRule.Group group) {
            report(group);
        } else if (definition.rule() instanceof DefinitionRule.Trait trait) {
            if (trait.when() != null) {
                // 'when: true' gives a trait a value even if that is an empty text.
                inside(trait.when());
            }
            lambdas(trait.value());
        } else if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
            report(trigger.when(), false, "this is never true: nothing is ever sent.");
            report(trigger.cancel(), true, "this is always true: nothing is ever sent.");
            report(trigger.sending().consent(), false, "this is never true: nothing is ever sent.");
        } else if (definition.rule() instanceof DefinitionRule.Channel channel) {
            report(channel.sending().consent(), false, "this is never true: nothing is ever sent.");
        }
        definition.carry().values().forEach(this::lambdas);
    }

    /** A condition of sending that may be missing, and the value by which nothing is sent. */
    private void report(@Nullable Expression condition, boolean value, String message) {
        boolean unused = condition != null && (isConstant(condition, value, message) || inside(condition));
    }

    private void report(DefinitionRule.Segment segment) {
        boolean reported = isConstant(segment.when(), true, "this is always true: every customer is in the segment.")
                || isConstant(segment.when(), false, "this is never true: no customer is ever in the segment.")
                || inside(segment.when());
        Expression until = segment.until();
        if (until == null) {
            return;
        }
        if (until.text().equals(segment.when().text())) {
            warnings.add(
                    until,
                    "'until' equals 'when', so no customer is ever in the segment. Remove 'until': customers"
                            + " then leave when 'when' no longer holds.");
            return;
        }
        // 'until: false' is the way to write that customers never leave.
        reported |=
                isConstant(until, true, "this is always true: no customer is ever in the segment.") || inside(until);
        if (!reported && excludes(segment.when(), until)) {
            warnings.add(
                    until,
                    "'until' holds whenever 'when' does, so no customer is ever in the segment. Write what ends the"
                            + " membership, or remove 'until'.");
        }
    }

    private boolean excludes(Expression when, Expression until) {
        Facts enters = Facts.none(ranges).and(when, true);
        return enters != null && !Expressions.mayFail(until) && enters.and(until, false) == null;
    }

    private void report(DefinitionRule.Group group) {
        List<Map.Entry<String, Expression>> choices =
                new ArrayList<>(group.choices().entrySet());
        Facts earlier = Facts.none(ranges);
        for (int index = 0; index < choices.size(); index++) {
            Expression choice = choices.get(index).getValue();
            boolean last = index == choices.size() - 1;
            boolean always = isTrue(choice) || isAlways(choice);
            boolean reported = false;
            if (always && !last) {
                warnings.add(choice, "this always holds, so the choices after it are never reached. Write it last.");
                return;
            }
            if (!always) {
                reported = isConstant(
                                choice,
                                false,
                                "this never holds: no customer is ever in '"
                                        + choices.get(index).getKey() + "'.")
                        || inside(choice);
            }
            if (!reported && index > 0 && earlier.and(choice, true) == null) {
                warnings.add(
                        choice,
                        "this choice is never reached: whenever it holds, a choice before it holds too. Write the"
                                + " narrower condition first.");
            }
            Facts more = Expressions.mayFail(choice) ? earlier : earlier.and(choice, false);
            earlier = more == null ? earlier : more;
        }
    }

    private static boolean isTrue(Expression expression) {
        return expression instanceof Literal literal && Boolean.TRUE.equals(literal.value());
    }

    private boolean isConstant(Expression condition, boolean value, String message) {
        boolean constant =
                condition instanceof Literal literal && literal.value().equals(value) && warnings.isWritten(condition);
        if (constant) {
            warnings.add(condition, message);
        }
        return constant;
    }

    /** Reports the smallest parts of a condition whose result never changes; returns true if any were reported. */
    private boolean inside(Expression condition) {
        boolean reported = lambdas(condition);
        for (Expression side : sides(condition)) {
            reported |= side.type() == Scalar.BOOLEAN && inside(side);
        }
        reported |= constants(condition);
        if (reported || condition instanceof Literal) {
            return reported;
        }
        if (isNever(condition)) {
            warnings.add(condition, "this never holds." + reason(condition, true));
            return true;
        }
        if (isAlways(condition)) {
            warnings.add(condition, "this always holds, so it has no effect." + reason(condition, false));
            return true;
        }
        return false;
    }

    /** Reports constants among the sides of a condition, and comparisons of constants. */
    private boolean constants(Expression condition) {
        if (isCall(condition, Operators.AND) || isCall(condition, Operators.OR)) {
            boolean reported = false;
            for (Expression side : sides(condition)) {
                if (side instanceof Literal literal && warnings.isWritten(side)) {
                    boolean decides = literal.value().equals(isCall(condition, Operators.OR));
                    warnings.add(
                            side,
                            decides
                                    ? "this constant decides '" + condition.text() + "', which is always "
                                            + literal.text() + "."
                                    : "this constant has no effect. Remove it.");
                    reported = true;
                }
            }
            return reported;
        }
        boolean constant = condition instanceof Call
                && sides(condition).isEmpty()
                && Subexpressions.all(condition)
                        .allMatch(part -> part instanceof Call
                                || part instanceof ListOf
                                || (part instanceof Literal && warnings.isWritten(part)));
        if (constant) {
            warnings.add(condition, "this compares constants, so its result never changes.");
        }
        return constant;
    }

    private static List<Expression> sides(Expression condition) {
        return condition instanceof Call call && TAKEN_APART.contains(call.function()) ? call.arguments() : List.of();
    }

    private boolean isNever(Expression condition) {
        return nothing().and(condition, true) == null;
    }

    private boolean isAlways(Expression condition) {
        return !Expressions.mayFail(condition) && nothing().and(condition, false) == null;
    }

    /** No facts. Params are switches, so nothing follows from their values. */
    private Facts nothing() {
        return Facts.none(ranges, literal -> !warnings.isWritten(literal));
    }

    private String reason(Expression condition, boolean never) {
        if (!sides(condition).isEmpty()) {
            return never
                    ? " Its parts contradict each other." + contradiction(condition)
                    : " Its parts cover every case." + alternative(condition, Operators.OR, Operators.AND);
        }
        return ranges.reason(condition.children());
    }

    private String contradiction(Expression condition) {
        return sides(condition).stream()
                .filter(side -> Facts.none(ranges.filled()).and(side, true) == null)
                .map(side -> ranges.reason(side.children()))
                .findFirst()
                .orElseGet(() -> alternative(condition, Operators.AND, Operators.OR));
    }

    /** Advises the other operator, such as {@code ||} for hours around midnight, if it makes a condition of it. */
    private String alternative(Expression condition, String written, String other) {
        if (!isCall(condition, written)
                || sides(condition).stream().anyMatch(side -> !sides(side).isEmpty())) {
            return "";
        }
        Call meant = new Call(other, sides(condition), Scalar.BOOLEAN);
        return isNever(meant) || isAlways(meant)
                ? ""
                : (written.equals(Operators.AND) ? " If either is enough" : " If both are needed") + ", write "
                        + meant.text() + ".";
    }

    /** Checks the conditions on elements of streams and lists; returns true if any were reported. */
    private boolean lambdas(Expression expression) {
        boolean reported = false;
        for (Expression part : partsOf(expression).toList()) {
            for (Expression body : bodies(part).toList()) {
                reported |= body.type() == Scalar.BOOLEAN ? inside(body) : lambdas(body);
            }
        }
        return reported;
    }

    /** The subexpressions down to readings. Sides of a junction are excluded, because they are checked separately. */
    private static Stream<Expression> partsOf(Expression expression) {
        Stream<Expression> children = sides(expression).isEmpty() || expression.type() != Scalar.BOOLEAN
                ? expression.children().stream()
                : Stream.empty();
        return Stream.concat(
                Stream.of(expression),
                expression instanceof Comprehension comprehension
                        ? partsOf(comprehension.range())
                        : children.flatMap(FixedAnswers::partsOf));
    }

    private static Stream<Expression> bodies(Expression part) {
        @Nullable Lambda own = part instanceof Comprehension comprehension ? comprehension.lambda() : null;
        return Stream.concat(Subexpressions.lambdas(part), Stream.ofNullable(own))
                .map(Lambda::body);
    }
}
