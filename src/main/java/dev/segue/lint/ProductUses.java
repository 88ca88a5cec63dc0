// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Has;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Product;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Subexpressions;
import dev.segue.event.FieldType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of conditions on a price or a stock that also hold if it is unknown, because it then reads as 0. */
final class ProductUses {
    private final Definition definition;
    private final Warnings found;

    ProductUses(Definition definition, Warnings found) {
        this.definition = definition;
        this.found = found;
    }

    /** A number of a product that is compared, as {@code number function other}. */
    private record Comparison(Select number, String function, Expression other) {
        static @Nullable Comparison of(Expression expression) {
            String mirrored = expression instanceof Call call ? Operators.MIRRORED.get(call.function()) : null;
            if (mirrored == null) {
                return null;
            }
            Call call = (Call) expression;
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            if (isNumber(left)) {
                return new Comparison((Select) left, call.function(), right);
            }
            return isNumber(right) ? new Comparison((Select) right, mirrored, left) : null;
        }

        private static boolean isNumber(Expression expression) {
            return expression instanceof Select select
                    && select.operand() instanceof Product
                    && (select.type() == Scalar.INTEGER || select.type() == Scalar.DOUBLE);
        }

        /** Returns whether zero is an answer too; a number with which it is compared is hardly below zero. */
        boolean holdsForZero() {
            return switch (function) {
                case Operators.LESS -> !isZero();
                case Operators.LESS_EQUALS -> true;
                case Operators.EQUALS, Operators.GREATER_EQUALS -> isZero();
                default -> false;
            };
        }

        /** Returns whether this excludes a number that is unknown. */
        boolean excludesZero(Select asked) {
            return number.text().equals(asked.text())
                    && !holdsForZero()
                    && !function.equals(Operators.LESS)
                    && other instanceof Literal;
        }

        private boolean isZero() {
            return other instanceof Literal literal
                    && literal.value() instanceof Number zero
                    && zero.doubleValue() == 0;
        }
    }

    void report() {
        DefinitionParts.of(definition).values().forEach(part -> look(part, List.of()));
        definition.carry().values().forEach(part -> look(part, List.of()));
    }

    /** @param beside what must hold as well */
    private void look(Expression expression, List<Expression> beside) {
        Comparison comparison = Comparison.of(expression);
        if (comparison != null && comparison.holdsForZero() && !isGuarded(comparison.number(), beside)) {
            String text = comparison.number().text();
            found.add(
                    expression,
                    "this also holds if '" + text + "' is unknown, because it then reads as 0. Add has(" + text + ").");
        }
        if (Expressions.isCall(expression, Operators.NOT)) {
            return;
        }
        List<Expression> inside = new ArrayList<>(beside);
        if (Expressions.isCall(expression, Operators.AND)) {
            inside.addAll(expression.children());
        }
        List<Expression> bodies =
                Subexpressions.lambdas(expression).map(Expression.Lambda::body).toList();
        inside.addAll(bodies);
        expression.children().forEach(child -> look(child, inside));
        bodies.forEach(body -> look(body, inside));
    }

    private static boolean isGuarded(Select number, List<Expression> beside) {
        return beside.stream().flatMap(ProductUses::sides).anyMatch(other -> {
            Comparison comparison = Comparison.of(other);
            boolean asks = other instanceof Has has
                    && has.field().equals(number.field())
                    && (has.operand().equals(number.operand()) || isWhole(has.operand(), (Product) number.operand()));
            return asks || (comparison != null && comparison.excludesZero(number));
        });
    }

    /** Returns whether a variant is asked about, and this is its product: what is known of the product is known of it. */
    private static boolean isWhole(Expression asked, Product variant) {
        return asked instanceof Product product
                && product.variant() == null
                && product.id().equals(variant.id());
    }

    private static Stream<Expression> sides(Expression expression) {
        return Expressions.isCall(expression, Operators.AND)
                ? expression.children().stream().flatMap(ProductUses::sides)
                : Stream.of(expression);
    }
}
