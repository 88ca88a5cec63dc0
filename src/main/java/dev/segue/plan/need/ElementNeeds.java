// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.need;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Streams;
import dev.segue.event.FieldType;
import dev.segue.plan.state.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Determines which readings need the single elements of a stream, for how long, and with which fields. */
public final class ElementNeeds {
    /** After a list's name: only the number of its entries is needed. */
    public static final String LENGTH = ".size()";

    private ElementNeeds() {}

    public static boolean needsElements(Expression.Reading reading) {
        return needsElements(reading.pipeline())
                || (reading.projection() != null
                        && (usesCustomer(reading.projection().body()) || failsAmongLast(reading)));
    }

    /**
     * A projection of the latest few elements fails while one of them has no value, so the elements must be evaluated.
     */
    private static boolean failsAmongLast(Expression.Reading reading) {
        return reading.projection() != null
                && MayFail.is(reading.projection().body())
                && reading.pipeline().steps().stream().anyMatch(step -> step instanceof Pipeline.Last);
    }

    public static boolean needsElements(Pipeline pipeline) {
        if (pipeline.group() || pipeline.source().equals(Streams.CART) || isRelated(pipeline)) {
            return true;
        }
        boolean afterLast = false;
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                if (afterLast || usesCustomer(filter.condition().body())) {
                    return true;
                }
            }
            // Only steps that commute with it can be expressed as the ends of a range.
            afterLast |= step instanceof Pipeline.Last;
            if (afterLast && step instanceof Pipeline.Before) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the elements are selected by their order among those of other streams. */
    public static boolean isRelated(Pipeline pipeline) {
        return pipeline.steps().stream().anyMatch(step -> step instanceof Pipeline.Related);
    }

    /** Returns the filters that can be decided when an element arrives, before any other step. */
    public static List<Pipeline.Step> decidedAtArrival(Pipeline pipeline) {
        List<Pipeline.Step> decided = new ArrayList<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Last) {
                return decided;
            }
            if (step instanceof Pipeline.Filter filter) {
                // A later condition must not spare an element this one, which may have no value for it.
                if (MayFail.is(filter.condition().body())) {
                    return decided;
                }
                if (!usesCustomer(filter.condition().body())) {
                    decided.add(filter);
                }
            }
        }
        return decided;
    }

    /** Returns the window of a related stream, and of those that it is related to, in milliseconds. */
    public static long windowOfRelated(Pipeline pipeline) {
        long window = windowOf(pipeline);
        long gap = 0;
        for (Pipeline.Step step : pipeline.steps()) {
            // What answers an element is younger than the element.
            if (step instanceof Pipeline.Follows follows) {
                gap = Math.max(gap, follows.gap().millis());
            }
        }
        return window == Retention.FOREVER ? window : window + gap;
    }

    /** Returns whether a value depends on more than the element: on the customer's profile or ids, or on facts of products. */
    public static boolean usesCustomer(Expression expression) {
        return expression instanceof Expression.Profile
                || expression instanceof Expression.Customer
                || expression instanceof Expression.Product
                || expression.children().stream().anyMatch(ElementNeeds::usesCustomer);
    }

    /**
     * Returns whether the values of a reading can be stored beside others of the same elements: an element without one of
     * the values is then no reason to drop the others.
     */
    public static boolean canShare(Pipeline pipeline, @Nullable Lambda projection) {
        return (projection == null || !MayFail.is(projection.body()))
                && pipeline.steps().stream()
                        .noneMatch(step -> step instanceof Pipeline.Filter filter
                                && MayFail.is(filter.condition().body()));
    }

    /**
     * Returns whether a condition only excludes elements without the value of the projection, as in {@code filter(e, e.city
     * != '').map(e, e.city)}. With last() it matters which elements are counted.
     */
    public static boolean isPresence(Lambda condition, @Nullable Lambda projection, Pipeline pipeline) {
        if (projection == null || pipeline.steps().stream().anyMatch(step -> step instanceof Pipeline.Last)) {
            return false;
        }
        Expression asked = condition.anonymous();
        Expression value = projection.anonymous();
        if (asked instanceof Expression.Has has) {
            return value instanceof Select select
                    && select.operand().equals(has.operand())
                    && select.field().equals(has.field());
        }
        return asked instanceof Call call
                && call.function().equals(Operators.NOT_EQUALS)
                && call.arguments().get(0).equals(value)
                && call.arguments().get(1) instanceof Expression.Literal literal
                && literal.value().equals("");
    }

    /** Returns the age above which elements are never visible, in milliseconds. */
    public static long windowOf(Pipeline pipeline) {
        long window = Retention.FOREVER;
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within) {
                window = Math.min(window, within.window().millis());
            }
            // An element without a value is evaluated before a later window drops it.
            if (step instanceof Pipeline.Filter filter
                    && MayFail.is(filter.condition().body())) {
                return window;
            }
            // A group that is compared with itself needs all its elements.
            if (step instanceof Pipeline.After after && after.other().group()) {
                return Retention.FOREVER;
            }
        }
        return window;
    }

    public static void collectFields(Pipeline pipeline, Set<String> fields) {
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                collectFields(filter.condition(), fields);
            } else if (step instanceof Pipeline.After after && after.other().group()) {
                collectFields(after.other(), fields);
            }
        }
    }

    public static void collectFields(Lambda lambda, Set<String> fields) {
        collectFields(lambda.body(), lambda.variable(), fields);
    }

    /**
     * Collects the fields of the lambda's element that an expression reads. If it reads only some fields of the records in
     * a list, these are {@code list.field}, and {@code list.size()} if it reads none.
     */
    private static void collectFields(Expression expression, Variable element, Set<String> fields) {
        if (expression instanceof Call call
                && call.function().equals(Operators.SIZE)
                && isRecords(call.arguments().get(0), element)) {
            fields.add(((Select) call.arguments().get(0)).field() + LENGTH);
            return;
        }
        if (expression instanceof Expression.Comprehension loop
                && loop.kind() != Expression.Comprehension.Kind.FILTER
                && isRecords(loop.range(), element)
                && !isWhole(loop.lambda().body(), loop.lambda().variable())) {
            String list = ((Select) loop.range()).field();
            Set<String> parts = new TreeSet<>();
            collectFields(loop.lambda(), parts);
            fields.add(list + LENGTH);
            parts.forEach(part -> fields.add(list + '.' + part));
            collectFields(loop.lambda().body(), element, fields);
            return;
        }
        if (expression instanceof Select select && select.operand().equals(element)) {
            fields.add(select.field());
        } else if (expression instanceof Expression.Has has && has.operand().equals(element)) {
            fields.add(has.field());
        }
        expression.children().forEach(child -> collectFields(child, element, fields));
    }

    private static boolean isRecords(Expression list, Variable element) {
        return list instanceof Select select
                && select.operand().equals(element)
                && select.type() instanceof FieldType.Listing listing
                && listing.element() instanceof FieldType.Nested;
    }

    /** Returns whether an expression reads the variable itself, not only its fields. */
    private static boolean isWhole(Expression expression, Variable variable) {
        if (expression instanceof Select select && select.operand().equals(variable)) {
            return false;
        }
        if (expression instanceof Expression.Has has && has.operand().equals(variable)) {
            return false;
        }
        return expression.equals(variable)
                || expression.children().stream().anyMatch(child -> isWhole(child, variable));
    }

    /** Returns the readings inside the groups. */
    public static List<Expression.Reading> readingsOfGroups(Expression expression) {
        List<Expression.Reading> found = new ArrayList<>();
        if (expression instanceof Expression.Reading reading
                && reading.pipeline().group()) {
            found.add(reading);
        }
        expression.children().forEach(child -> found.addAll(readingsOfGroups(child)));
        return found;
    }
}
