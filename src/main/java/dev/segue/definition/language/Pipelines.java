// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.event.FieldType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises {@code stream · (filter|within|before|after|last)*} in CEL's tree. */
final class Pipelines {
    /** The most elements that last() keeps. */
    private static final long MAX_LAST = 1000;

    private final Lowering lowering;
    private final Scope scope;

    Pipelines(Lowering lowering, Scope scope) {
        this.lowering = lowering;
        this.scope = scope;
    }

    /** Returns the pipeline of this expression, or null if it does not begin with a stream. */
    @Nullable
    Pipeline of(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.IDENT) {
            return source(expression.ident().name());
        }
        if (expression.exprKind().getKind() == Kind.SELECT) {
            return ofKey(
                    lowering.macro(expression.select().operand()),
                    expression.select().field());
        }
        if (expression.exprKind().getKind() != Kind.CALL
                || expression.call().target().isEmpty()) {
            return null;
        }
        Pipeline before = of(lowering.macro(expression.call().target().orElseThrow()));
        return before == null
                ? null
                : step(expression, before).map(before::with).orElse(null);
    }

    /** Returns a stream of an element of by_product and the like. */
    private @Nullable Pipeline ofKey(CelExpr operand, String field) {
        if (operand.exprKind().getKind() != Kind.IDENT || !scope.allowsStreams()) {
            return null;
        }
        KeyVariable element = KeyVariable.of(scope.find(operand.ident().name()), lowering.streams());
        return element != null && element.stream(field) != null
                ? new Pipeline(operand.ident().name() + "." + field, true, List.of())
                : null;
    }

    private @Nullable Pipeline source(String name) {
        Variable variable = scope.find(name);
        if (variable != null) {
            boolean isGroup = scope.allowsStreams() && variable.type() instanceof FieldType.Listing;
            return isGroup ? new Pipeline(name, true, List.of()) : null;
        }
        return scope.isTop() && lowering.streams().elements().containsKey(name)
                ? new Pipeline(name, false, List.of())
                : null;
    }

    /** Returns the list type of a pipeline. */
    FieldType.Listing elements(Pipeline pipeline) {
        if (pipeline.group()) {
            Variable variable = scope.find(pipeline.variable());
            KeyVariable ofKey = KeyVariable.of(variable, lowering.streams());
            FieldType.Listing stream = ofKey == null ? null : ofKey.stream(pipeline.stream());
            if (stream != null) {
                return stream;
            }
            if (variable != null && variable.type() instanceof FieldType.Listing listing) {
                return listing;
            }
            throw new IllegalStateException(pipeline.source() + " is not a group");
        }
        return new FieldType.Listing(
                new FieldType.Nested(lowering.streams().elements().get(pipeline.source())));
    }

    private Optional<Pipeline.Step> step(CelExpr expression, Pipeline before) {
        CelCall call = expression.call();
        return switch (call.function()) {
            case "filter" -> Optional.of(new Pipeline.Filter(lowering.lambda(expression, elements(before), scope)));
            case "within" ->
                Optional.of(new Pipeline.Within(lowering.duration(call.args().get(0))));
            case "before" ->
                Optional.of(new Pipeline.Before(lowering.duration(call.args().get(0))));
            case "after" -> Optional.of(new Pipeline.After(other(call.args().get(0))));
            case "last" -> Optional.of(new Pipeline.Last(last(call.args().get(0))));
            default -> Optional.empty();
        };
    }

    private int last(CelExpr argument) {
        Literal literal = lowering.constantOf(argument);
        long count = (Long) literal.value();
        if (count < 1 || count > MAX_LAST) {
            throw lowering.refuse(argument, "last(" + count + ") must be from 1 to " + MAX_LAST + ".");
        }
        return (int) count;
    }

    /**
     * Returns the stream that after() compares with. Inside a lambda over groups this is a stream of the customer or
     * the group itself.
     */
    private Pipeline other(CelExpr argument) {
        CelExpr stream = lowering.macro(argument);
        Pipeline other = of(stream);
        if (other == null) {
            other = new Pipelines(lowering, Scope.TOP).of(stream);
        }
        if (other == null) {
            throw lowering.refuse(argument, "after() takes a stream, such as order_completed.");
        }
        if (other.stream().equals(Streams.CART)) {
            throw lowering.refuse(argument, "after() cannot compare with the cart. Use product_added instead.");
        }
        return other;
    }
}
