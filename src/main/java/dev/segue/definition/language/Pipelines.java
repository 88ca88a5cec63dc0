// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.event.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises {@code stream · (filter|within|before|after|last|follows|unanswered)*} in CEL's tree. */
final class Pipelines {
    /** The most elements that last() keeps. */
    private static final long MAX_LAST = 1000;

    /** The most streams to which one stream can be related. */
    private static final int MAX_RELATED = 8;

    /** By derived stream, the events to use in its place. */
    private static final Map<String, String> INSTEAD = Map.of(
            Streams.CART, "product_added",
            Streams.PURCHASE, "order_completed",
            Streams.ITEM_BOUGHT, "order_completed");

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
        return scope.seesStreams() && lowering.streams().elements().containsKey(name)
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
            case "follows", "unanswered" -> Optional.of(related(expression, before));
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

    private Pipeline.Related related(CelExpr expression, Pipeline before) {
        CelCall call = expression.call();
        String function = call.function() + "()";
        if (before.group()) {
            throw lowering.refuse(
                    expression,
                    function + " cannot be used inside groups. Use it before groupBy(), on the stream that is split.");
        }
        requireEvents(before, call.target().orElseThrow(), function);
        int related = (int) before.steps().stream()
                .filter(step -> step instanceof Pipeline.Related)
                .count();
        if (related == MAX_RELATED) {
            throw lowering.refuse(
                    expression,
                    "a stream can be related to at most " + MAX_RELATED
                            + " others by follows() and unanswered(). Join several definitions with in_segment.");
        }
        Span gap = lowering.duration(call.args().get(1));
        boolean follows = call.function().equals("follows");
        String counted = follows
                ? "an element counts only up to " + gap.text() + " before"
                : "an element answers only within " + gap.text();
        Pipeline other = relatedTo(call.args().get(0), call.function(), counted);
        return follows ? new Pipeline.Follows(other, gap) : new Pipeline.Unanswered(other, gap);
    }

    /** @param counted which elements of the other stream count, for the message about a step that is not a filter */
    private Pipeline relatedTo(CelExpr argument, String function, String counted) {
        Pipeline other = new Pipelines(lowering, Scope.TOP).of(lowering.macro(argument));
        if (other == null) {
            throw lowering.refuse(
                    argument,
                    function + "() takes a stream of the customer and a duration, such as " + function
                            + "(order_completed, '1h').");
        }
        requireEvents(other, argument, function + "()");
        for (Pipeline.Step step : other.steps()) {
            if (!(step instanceof Pipeline.Filter filter)) {
                throw lowering.refuse(
                        argument,
                        "the stream in " + function + "() can only have filter(), not " + step.text()
                                + ". Leave it out: " + counted + ". Narrow the result of " + function
                                + "() if that is meant.");
            }
            if (readsCustomer(filter.condition().body())) {
                throw lowering.refuse(
                        argument,
                        "a condition on the stream in " + function
                                + "() cannot read profile, customer or product(), which may change later. Compare with"
                                + " constants or params.");
            }
        }
        return other;
    }

    /** Rejects streams whose elements are derived, and so have no place among the arrivals of events. */
    private void requireEvents(Pipeline pipeline, CelExpr place, String function) {
        String instead = INSTEAD.get(pipeline.source());
        if (instead != null) {
            throw lowering.refuse(
                    place,
                    function + " works on events only, and '" + pipeline.source() + "' is derived from several. Use "
                            + instead + " instead.");
        }
    }

    private static boolean readsCustomer(Expression expression) {
        return expression instanceof Expression.Profile
                || expression instanceof Expression.Customer
                || expression instanceof Expression.Product
                || expression.children().stream().anyMatch(Pipelines::readsCustomer);
    }
}
