package dev.segue.definition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.segue.definition.Expression.Lambda;
import dev.segue.definition.Expression.Literal;
import dev.segue.definition.Expression.Reading;
import dev.segue.definition.Expression.Select;
import dev.segue.definition.Expression.Variable;
import dev.segue.event.FieldType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises {@code stream · (filter|within|before|after)* · (map)? · reduction} in CEL's tree: the shape that can be
 * kept up to date event by event. A stream in any other shape is refused with what to write instead.
 */
final class StreamShape {
    static final Map<String, Reduction> REDUCTIONS = Map.of(
            "count", Reduction.COUNT,
            "sum", Reduction.SUM,
            "distinct", Reduction.DISTINCT,
            "latest", Reduction.LATEST);

    private final Lowering lowering;

    StreamShape(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The reading that this expression is, or null where it is none. */
    @Nullable
    Reading reading(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.SELECT) {
            return latestField(expression);
        }
        if (expression.exprKind().getKind() != Kind.CALL
                || expression.call().target().isEmpty()) {
            return null;
        }
        CelCall call = expression.call();
        CelExpr target = lowering.macro(call.target().orElseThrow());
        if (call.function().equals("exists")) {
            Pipeline pipeline = pipeline(target);
            return pipeline == null ? null : exists(expression, pipeline);
        }
        if (call.function().equals("map")) {
            return mapped(expression, Reduction.LIST);
        }
        Reduction reduction = REDUCTIONS.get(call.function());
        return reduction == null ? null : reduced(expression, target, reduction);
    }

    private @Nullable Reading reduced(CelExpr expression, CelExpr target, Reduction reduction) {
        if (reduction == Reduction.COUNT && isCall(target, "distinct")) {
            CelExpr inner = lowering.macro(target.call().target().orElseThrow());
            return isCall(inner, "map") ? mapped(inner, Reduction.DISTINCT_COUNT) : null;
        }
        if (isCall(target, "map")) {
            return mapped(target, reduction);
        }
        Pipeline pipeline = pipeline(target);
        if (pipeline == null) {
            return null;
        }
        if (reduction != Reduction.COUNT) {
            throw lowering.refuse(
                    expression,
                    reduction == Reduction.LATEST
                            ? "latest() is a whole event. Say which field of it is wanted, such as latest().time."
                            : "'" + expression.call().function()
                                    + "' needs values, not events. Say which with map, such as " + pipeline.text()
                                    + ".map(e, e.time)." + reduction.call() + ".");
        }
        return new Reading(
                pipeline, null, reduction, pipeline.text() + "." + reduction.call(), lowering.type(expression));
    }

    /** {@code stream.map(v, x)} with what follows it. */
    private @Nullable Reading mapped(CelExpr map, Reduction reduction) {
        Pipeline pipeline = pipeline(lowering.macro(map.call().target().orElseThrow()));
        if (pipeline == null) {
            return null;
        }
        Lambda projection = lowering.lambda(map, listOf(pipeline), Scope.TOP);
        String suffix = reduction == Reduction.LIST ? "" : "." + reduction.call();
        FieldType value = projection.body().type();
        FieldType type = switch (reduction) {
            case COUNT, DISTINCT_COUNT -> FieldType.Scalar.INTEGER;
            case LIST, DISTINCT -> new FieldType.Listing(value);
            default -> value;
        };
        return new Reading(
                pipeline, projection, reduction, pipeline.text() + ".map" + projection.text() + suffix, type);
    }

    private Reading exists(CelExpr expression, Pipeline pipeline) {
        Lambda condition = lowering.lambda(expression, listOf(pipeline), Scope.TOP);
        return new Reading(
                pipeline.with(new Pipeline.Filter(condition)),
                null,
                Reduction.EXISTS,
                pipeline.text() + ".exists" + condition.text(),
                FieldType.Scalar.BOOLEAN);
    }

    /** {@code stream.latest().a.b}: only that field is remembered. */
    private @Nullable Reading latestField(CelExpr expression) {
        CelExpr operand = lowering.macro(expression.select().operand());
        String field = expression.select().field();
        FieldType type = lowering.type(expression);
        if (operand.exprKind().getKind() == Kind.SELECT) {
            Reading outer = latestField(operand);
            return outer == null || outer.projection() == null ? null : deeper(outer, outer.projection(), field, type);
        }
        if (!isCall(operand, "latest")
                || isCall(lowering.macro(operand.call().target().orElseThrow()), "map")) {
            return null;
        }
        Pipeline pipeline = pipeline(lowering.macro(operand.call().target().orElseThrow()));
        if (pipeline == null) {
            return null;
        }
        Variable element = new Variable("e", ((FieldType.Listing) listOf(pipeline)).element());
        if (Streams.computed(field) && !field.equals("time")) {
            throw lowering.refuse(expression, "'" + field + "' is not supported yet.");
        }
        return new Reading(
                pipeline,
                new Lambda(element, new Select(element, field, type)),
                Reduction.LATEST,
                pipeline.text() + ".latest()." + field,
                type);
    }

    private static Reading deeper(Reading outer, Lambda projection, String field, FieldType type) {
        Lambda longer = new Lambda(projection.variable(), new Select(projection.body(), field, type));
        return new Reading(outer.pipeline(), longer, outer.reduction(), outer.text() + "." + field, type);
    }

    /** The pipeline that this expression is, or null where it does not begin with a stream. */
    private @Nullable Pipeline pipeline(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.IDENT) {
            String name = expression.ident().name();
            return lowering.streams().elements().containsKey(name) ? new Pipeline(name, java.util.List.of()) : null;
        }
        if (expression.exprKind().getKind() != Kind.CALL
                || expression.call().target().isEmpty()) {
            return null;
        }
        Pipeline before = pipeline(lowering.macro(expression.call().target().orElseThrow()));
        return before == null
                ? null
                : step(expression, before).map(before::with).orElse(null);
    }

    private Optional<Pipeline.Step> step(CelExpr expression, Pipeline before) {
        CelCall call = expression.call();
        return switch (call.function()) {
            case "filter" -> Optional.of(new Pipeline.Filter(lowering.lambda(expression, listOf(before), Scope.TOP)));
            case "within" ->
                Optional.of(new Pipeline.Within(duration(call.args().get(0))));
            case "before" ->
                Optional.of(new Pipeline.Before(duration(call.args().get(0))));
            case "after" -> Optional.of(new Pipeline.After(other(call.args().get(0))));
            default -> Optional.empty();
        };
    }

    private Pipeline other(CelExpr argument) {
        Pipeline other = pipeline(lowering.macro(argument));
        if (other == null) {
            throw lowering.refuse(argument, "after() takes a stream, such as order_completed.");
        }
        if (other.source().equals(Streams.CART)) {
            throw lowering.refuse(argument, "after() cannot compare with the cart. Use product_added instead.");
        }
        return other;
    }

    private Duration duration(CelExpr argument) {
        Literal literal = lowering.constantOf(argument);
        return Duration.parse(literal.value().toString())
                .orElseThrow(() -> lowering.refuse(
                        argument,
                        "'" + literal.value()
                                + "' is not a duration. Write a whole number and one unit of s, m, h, d, w,"
                                + " such as '30m'."));
    }

    private FieldType listOf(Pipeline pipeline) {
        return new FieldType.Listing(
                new FieldType.Nested(lowering.streams().elements().get(pipeline.source())));
    }

    private static boolean isCall(CelExpr expression, String function) {
        return expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals(function)
                && expression.call().target().isPresent();
    }
}
