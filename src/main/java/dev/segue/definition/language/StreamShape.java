// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises {@code stream · step* · (map)? · reduction} in CEL's tree: the shape that can
 * be updated event by event. Any other use of a stream is rejected with a suggestion.
 */
final class StreamShape {
    private final Lowering lowering;
    private final Scope scope;
    private final Pipelines pipelines;

    StreamShape(Lowering lowering, Scope scope) {
        this.lowering = lowering;
        this.scope = scope;
        this.pipelines = new Pipelines(lowering, scope);
    }

    /** Returns the reading of this expression, or null if it is not a reading. */
    @Nullable
    Reading reading(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.SELECT) {
            return fieldOfOne(expression, lowering.type(expression));
        }
        if (expression.exprKind().getKind() != Kind.CALL
                || expression.call().target().isEmpty()) {
            return null;
        }
        CelCall call = expression.call();
        CelExpr target = lowering.macro(call.target().orElseThrow());
        if (Reductions.CONDITIONS.containsKey(call.function())) {
            Pipeline pipeline = pipelines.of(target);
            return pipeline == null
                    ? null
                    : condition(expression, pipeline, Reductions.CONDITIONS.get(call.function()));
        }
        if (call.function().equals("overdue")) {
            return overdue(expression, target);
        }
        if (call.function().equals("map")) {
            return mapped(expression, Reductions.LIST, expression);
        }
        Reduction reduction = Reductions.FUNCTIONS.get(call.function());
        return reduction == null ? null : reduced(expression, target, reduction);
    }

    private @Nullable Reading reduced(CelExpr expression, CelExpr target, Reduction reduction) {
        if (reduction == Reductions.COUNT && isCall(target, "distinct")) {
            CelExpr inner = lowering.macro(target.call().target().orElseThrow());
            return isCall(inner, "map") ? mapped(inner, Reductions.DISTINCT_COUNT, expression) : null;
        }
        if (isCall(target, "map")) {
            return mapped(target, reduction, expression);
        }
        Pipeline pipeline = pipelines.of(target);
        if (pipeline == null) {
            return null;
        }
        if (reduction != Reductions.COUNT) {
            throw lowering.refuse(
                    expression,
                    reduction == Reductions.LATEST || reduction == Reductions.FIRST
                            ? reduction.call() + " is a whole event. Select one of its fields, such as "
                                    + reduction.call() + ".time."
                            : "'" + expression.call().function()
                                    + "' needs values, not events. Select them with map, such as " + pipeline.text()
                                    + ".map(e, e.time)." + reduction.call() + ".");
        }
        return new Reading(
                pipeline, null, reduction, 0, pipeline.text() + "." + reduction.call(), lowering.type(expression));
    }

    /**
     * Returns the reading of {@code stream.map(v, x)} and the call that follows it.
     *
     * @param whole the call that follows, or the map itself
     */
    private @Nullable Reading mapped(CelExpr map, Reduction reduction, CelExpr whole) {
        Pipeline pipeline = pipelines.of(lowering.macro(map.call().target().orElseThrow()));
        if (pipeline == null) {
            return null;
        }
        Lambda projection = lowering.lambda(map, pipelines.elements(pipeline), scope);
        if (projection.body().type().holdsRecord()) {
            throw lowering.refuse(
                    map,
                    "map() needs a value of each element, not a whole record. Select a field, such as "
                            + pipeline.text() + ".map(e, e.time).");
        }
        String suffix = reduction == Reductions.LIST ? "" : "." + reduction.call();
        String text = pipeline.text() + ".map" + projection.text() + suffix;
        return Attributes.is(projection.body())
                ? ofNumbers(pipeline, projection, reduction, text, map)
                : new Reading(pipeline, projection, reduction, 0, text, lowering.type(whole));
    }

    /** Returns the reading of attributes by a function of numbers: it leaves out elements without such a number. */
    private Reading ofNumbers(Pipeline pipeline, Lambda projection, Reduction reduction, String text, CelExpr map) {
        CelExpr place = map.call().args().get(1);
        if (!reduction.takesNumbers()) {
            throw lowering.refuse(place, Attributes.unclear(projection.body()));
        }
        try {
            Expression.Attribute number = Attributes.as(FieldType.Scalar.DOUBLE, projection.body());
            Variable element = projection.variable();
            Pipeline numbers = pipeline.with(new Pipeline.Filter(new Lambda(element, new Expression.IsOfType(number))));
            return new Reading(numbers, new Lambda(element, number), reduction, 0, text, FieldType.Scalar.DOUBLE);
        } catch (Attributes.Unclear unclear) {
            throw lowering.refuse(place, String.valueOf(unclear.getMessage()));
        }
    }

    private Reading condition(CelExpr expression, Pipeline pipeline, Reduction reduction) {
        Lambda condition = lowering.lambda(expression, pipelines.elements(pipeline), scope);
        String text = pipeline.text() + "." + reduction.call() + condition.text();
        // exists() can filter by its condition; all() and share() also need the elements for which it does not hold.
        return reduction == Reductions.EXISTS
                ? new Reading(
                        pipeline.with(new Pipeline.Filter(condition)),
                        null,
                        reduction,
                        0,
                        text,
                        FieldType.Scalar.BOOLEAN)
                : new Reading(pipeline, condition, reduction, 0, text, lowering.type(expression));
    }

    private @Nullable Reading overdue(CelExpr expression, CelExpr target) {
        Pipeline pipeline = pipelines.of(target);
        if (pipeline == null) {
            return null;
        }
        CelExpr argument = expression.call().args().get(0);
        Object factor = lowering.constantOf(argument).value();
        if (!(factor instanceof Double number) || !(number > 0) || number > 1000) {
            throw lowering.refuse(argument, "overdue() takes a number above 0 and at most 1000, such as 1.5.");
        }
        String text = pipeline.text() + ".overdue(" + number + ")";
        return new Reading(pipeline, null, Reductions.OVERDUE, number, text, FieldType.Scalar.BOOLEAN);
    }

    /** Returns the reading of {@code stream.latest().a.b} or {@code first()}; only that field is stored. */
    private @Nullable Reading fieldOfOne(CelExpr expression, FieldType type) {
        if (type == FieldType.Scalar.MIXED) {
            return null;
        }
        CelExpr operand = lowering.macro(expression.select().operand());
        String field = expression.select().field();
        if (operand.exprKind().getKind() == Kind.SELECT) {
            Reading outer = fieldOfOne(operand, lowering.type(operand));
            return outer == null || outer.projection() == null ? null : deeper(outer, outer.projection(), field, type);
        }
        Reduction reduction =
                isCall(operand, "latest") ? Reductions.LATEST : isCall(operand, "first") ? Reductions.FIRST : null;
        if (reduction == null || isCall(lowering.macro(operand.call().target().orElseThrow()), "map")) {
            return null;
        }
        Pipeline pipeline = pipelines.of(lowering.macro(operand.call().target().orElseThrow()));
        if (pipeline == null) {
            return null;
        }
        Variable element = new Variable("e", pipelines.elements(pipeline).element());
        return new Reading(
                pipeline,
                new Lambda(element, new Select(element, field, type)),
                reduction,
                0,
                pipeline.text() + "." + reduction.call() + "." + field,
                type);
    }

    /**
     * Returns the reading of {@code has(stream.latest().a)} or {@code first()}; only whether the field was set is
     * stored.
     */
    @Nullable
    Reading isSetOfOne(CelExpr select) {
        // The type of the field does not matter, because only its presence is tested.
        Reading field = fieldOfOne(select, FieldType.Scalar.BOOLEAN);
        if (field == null || field.projection() == null) {
            return null;
        }
        Variable element = field.projection().variable();
        Select selected = (Select) field.projection().body();
        return new Reading(
                field.pipeline(),
                new Lambda(element, new Expression.Has(selected.operand(), selected.field())),
                field.reduction(),
                0,
                "has(" + field.text() + ")",
                FieldType.Scalar.BOOLEAN);
    }

    private static Reading deeper(Reading outer, Lambda projection, String field, FieldType type) {
        Lambda longer = new Lambda(projection.variable(), new Select(projection.body(), field, type));
        return new Reading(outer.pipeline(), longer, outer.reduction(), 0, outer.text() + "." + field, type);
    }

    /** Returns the groups of a {@code groupBy} call, or of {@code by_product} and the like; null if this is neither. */
    Expression.@Nullable Grouped groups(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.IDENT) {
            return byKey(expression);
        }
        if (!isCall(expression, "groupBy")) {
            return null;
        }
        Optional<Pipeline> pipeline = Optional.ofNullable(
                pipelines.of(lowering.macro(expression.call().target().orElseThrow())));
        if (pipeline.isEmpty() || pipeline.get().group()) {
            throw lowering.refuse(
                    expression, "groupBy() works on a stream, such as product_added, not on a list or a group.");
        }
        FieldType.Listing elements = pipelines.elements(pipeline.get());
        Lambda key = lowering.lambda(expression, elements, scope);
        return new Expression.Groups(pipeline.get(), key, new FieldType.Listing(elements));
    }

    private Expression.@Nullable ByKey byKey(CelExpr expression) {
        String name = expression.ident().name();
        return scope.isTop() && lowering.streams().byKey().containsKey(name)
                ? new Expression.ByKey(name, Streams.keyOf(name), lowering.type(expression))
                : null;
    }

    /** Rejects a stream where a value is needed. */
    void refuseList(CelExpr expression) {
        if (expression.exprKind().getKind() != Kind.CALL
                && expression.exprKind().getKind() != Kind.SELECT) {
            return;
        }
        Pipeline pipeline = pipelines.of(expression);
        if (pipeline != null) {
            throw lowering.refuse(
                    expression,
                    "'" + pipeline.text() + "' is a list of events, not a value. Reduce it to a value, such as "
                            + pipeline.text() + ".count().");
        }
        if (expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals(Operators.INDEX)
                && pipelines.of(lowering.macro(expression.call().args().get(0))) != null) {
            throw lowering.refuse(
                    expression, "a stream cannot be indexed with [0]. Use latest() or first(), such as latest().time.");
        }
    }

    static boolean isCall(CelExpr expression, String function) {
        return expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals(function)
                && expression.call().target().isPresent();
    }
}
