// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.need;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Comprehension.Kind;
import dev.segue.definition.language.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether groups can have their own aggregates, so that their elements need not be stored. */
public final class GroupNeeds {
    private GroupNeeds() {}

    /** Returns the steps that cannot be decided when an element arrives. */
    public static List<Pipeline.Step> narrowing(Pipeline pipeline) {
        return pipeline.steps().stream()
                .filter(step -> !(step instanceof Pipeline.Filter))
                .toList();
    }

    /** @param whole the expression around the groups, which contains their readings */
    public static boolean canBeKeyed(Expression.Groups groups, Expression whole) {
        Pipeline pipeline = groups.pipeline();
        if (ElementNeeds.needsElements(pipeline)
                || ElementNeeds.usesCustomer(groups.key().body())
                || MayFail.is(groups.key().body())
                || needsTheList(pipeline)) {
            return false;
        }
        // Only the first element that a group ever had is stored, not its first visible one.
        if (!narrowing(pipeline).isEmpty() && showsOrder(whole)) {
            return false;
        }
        return ElementNeeds.readingsOfGroups(whole).stream()
                .noneMatch(reading ->
                        ElementNeeds.needsElements(asPlain(reading)) || comparesWithElements(reading.pipeline()));
    }

    /** Returns whether a group is compared with a part of itself that can only be determined from its elements. */
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
        // If the stream of after() has no value, the groups have none either, even if there are no groups.
        return step instanceof Pipeline.Last
                || (step instanceof Pipeline.After after && needsTheList(after.other()))
                || (step instanceof Pipeline.Related related && needsTheList(related.other()));
    }

    private static boolean needsTheList(Pipeline pipeline) {
        return pipeline.steps().stream().anyMatch(GroupNeeds::needsTheList);
    }

    /** Returns whether the result depends on the order of the groups. */
    public static boolean showsOrder(Expression whole) {
        if (whole instanceof Expression.Comprehension loop) {
            return loop.kind() == Kind.MAP || loop.kind() == Kind.FILTER;
        }
        return !(whole instanceof Expression.Reduce reduce && reduce.reduction().ignoresOrder());
    }

    /** Returns the reading with a plain stream in place of the group. */
    static Expression.Reading asPlain(Expression.Reading reading) {
        return new Expression.Reading(
                asPlain(reading.pipeline()),
                reading.projection(),
                reading.reduction(),
                reading.factor(),
                reading.text(),
                reading.type());
    }

    static Pipeline asPlain(Pipeline pipeline) {
        return new Pipeline(pipeline.stream(), false, pipeline.steps());
    }

    /** Returns the groups over which this expression is computed; null if it does not use groups. */
    public static Expression.@Nullable Grouped in(Expression expression) {
        if (expression instanceof Expression.Grouped groups) {
            return groups;
        }
        if (expression instanceof Expression.Comprehension loop) {
            return in(loop.range());
        }
        return expression instanceof Expression.Reduce reduce ? in(reduce.list()) : null;
    }
}
