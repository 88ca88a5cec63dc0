// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Comprehension.Kind;
import dev.segue.definition.language.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether groups can have aggregates of their own, so that no elements need be kept. */
public final class GroupCompiler {
    /** Reductions to which the order of the values is nothing. */
    private GroupCompiler() {}

    /**
     * Groups of which each has aggregates of its own.
     *
     * @param source the stream that is cut into groups
     * @param narrowing what narrows it as time passes: steps that every reading inside a group begins with
     * @param inner collects what is remembered of each group
     */
    record KeyedStream(String source, List<Pipeline.Step> narrowing, AggregateNeeds inner) {
        /** A pipeline inside a group with all that narrows it. */
        Pipeline whole(Pipeline inside) {
            List<Pipeline.Step> steps = new ArrayList<>(narrowing);
            steps.addAll(inside.steps());
            return new Pipeline(inside.source(), true, List.copyOf(steps));
        }
    }

    /** The steps that are not decided when an element comes. */
    static List<Pipeline.Step> narrowing(Pipeline pipeline) {
        return pipeline.steps().stream()
                .filter(step -> !(step instanceof Pipeline.Filter))
                .toList();
    }

    /** @param whole the expression around the groups, which says what is asked of them */
    static boolean canBeKeyed(Expression.Groups groups, Expression whole) {
        Pipeline pipeline = groups.pipeline();
        if (ElementNeeds.needsElements(pipeline)
                || ElementNeeds.usesProfile(groups.key().body())
                || MayFail.is(groups.key().body())
                || pipeline.steps().stream().anyMatch(GroupCompiler::needsTheList)) {
            return false;
        }
        // Of groups only the first element that they ever had is known, not the first in sight.
        if (!narrowing(pipeline).isEmpty() && showsOrder(whole)) {
            return false;
        }
        return ElementNeeds.readingsOfGroups(whole).stream()
                .noneMatch(reading ->
                        ElementNeeds.needsElements(asPlain(reading)) || comparesWithElements(reading.pipeline()));
    }

    /** Whether a group is compared with a part of itself that only its elements can tell. */
    private static boolean comparesWithElements(Pipeline pipeline) {
        return pipeline.steps().stream()
                .filter(step -> step instanceof Pipeline.After)
                .map(step -> ((Pipeline.After) step).other())
                .anyMatch(other ->
                        (other.group() && ElementNeeds.needsElements(asPlain(other))) || comparesWithElements(other));
    }

    private static boolean needsTheList(Pipeline.Step step) {
        if (step instanceof Pipeline.Filter filter) {
            return MayFail.is(filter.condition().body());
        }
        // Where what it compares with has no value, groups have none either, even if there are none.
        return step instanceof Pipeline.Last
                || (step instanceof Pipeline.After after
                        && after.other().steps().stream().anyMatch(inner -> needsTheList(inner)));
    }

    /** Whether the order of the groups can be seen in the answer. */
    private static boolean showsOrder(Expression whole) {
        if (whole instanceof Expression.Comprehension loop) {
            return loop.kind() == Kind.MAP || loop.kind() == Kind.FILTER;
        }
        return !(whole instanceof Expression.Reduce reduce && reduce.reduction().ignoresOrder());
    }

    /** The same of a stream that is no group. */
    private static Expression.Reading asPlain(Expression.Reading reading) {
        return new Expression.Reading(
                asPlain(reading.pipeline()),
                reading.projection(),
                reading.reduction(),
                reading.factor(),
                reading.text(),
                reading.type());
    }

    private static Pipeline asPlain(Pipeline pipeline) {
        return new Pipeline(pipeline.source(), false, pipeline.steps());
    }

    /** The groups that this expression is about; null where it is not about groups. */
    public static Expression.@Nullable Groups in(Expression expression) {
        if (expression instanceof Expression.Groups groups) {
            return groups;
        }
        if (expression instanceof Expression.Comprehension loop) {
            return in(loop.range());
        }
        return expression instanceof Expression.Reduce reduce ? in(reduce.list()) : null;
    }
}
