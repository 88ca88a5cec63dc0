// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Attribute;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Grouped;
import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Has;
import dev.segue.definition.language.Expression.IsOfType;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Profile;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression.Reduce;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.event.FieldType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values in an expression that fall back to a default without data: profile fields, and functions of empty
 * streams that return 0, '' or true as a mere placeholder. A count or a sum of an empty stream is rightly 0 and not
 * included.
 */
final class DefaultValues {
    private DefaultValues() {}

    /**
     * A value with the condition under which it is known.
     *
     * @param stream the name of the stream that it is read from; null for a field of the profile
     */
    record Read(
            Expression expression, String guard, @Nullable String stream) {
        private static Read of(Expression expression, Pipeline pipeline) {
            return new Read(expression, asWritten(pipeline) + ".count() > 0", pipeline.source());
        }

        /** A function of numbers leaves out elements without one; a definition says so by asking for the attribute. */
        private static String asWritten(Pipeline pipeline) {
            int last = pipeline.steps().size() - 1;
            return last >= 0
                            && pipeline.steps().get(last) instanceof Pipeline.Filter filter
                            && filter.condition().body() instanceof IsOfType number
                    ? pipeline.first(last).text() + ".filter("
                            + filter.condition().variable().name() + ", " + isPresent(number.attribute()) + ")"
                    : pipeline.text();
        }

        private static Read of(Attribute attribute) {
            return new Read(attribute, isPresent(attribute), null);
        }

        private static String isPresent(Attribute attribute) {
            return attribute.key().matches("[A-Za-z_][A-Za-z0-9_]*")
                    ? "has(" + attribute.map().text() + "." + attribute.key() + ")"
                    : "(" + new Literal(attribute.key(), FieldType.Scalar.STRING).text() + " in "
                            + attribute.map().text() + ")";
        }
    }

    /** All such values, in written order. */
    static Stream<Read> in(Expression expression) {
        if (expression instanceof Has || isPresenceOfAttribute(expression)) {
            return Stream.empty();
        }
        if (expression instanceof Attribute attribute && attribute.map() instanceof Select map && isOfProfile(map)) {
            return Stream.of(Read.of(attribute));
        }
        if (expression instanceof Select select && isOfProfile(select)) {
            return Stream.of(new Read(select, "has(" + select.text() + ")", null));
        }
        if (expression instanceof Reading reading) {
            return isDefault(reading) ? Stream.of(Read.of(reading, reading.pipeline())) : Stream.empty();
        }
        if (expression instanceof Reduce reduce && reduce.reduction().hasDefault()) {
            return Stream.concat(
                    groups(reduce.list()).map(groups -> Read.of(reduce, groups.pipeline())), in(reduce.list()));
        }
        if (expression instanceof Comprehension comprehension && isOverGroups(comprehension.range())) {
            // A value of an empty group is never read.
            return Stream.empty();
        }
        return expression.children().stream().flatMap(DefaultValues::in);
    }

    /** {@code 'plan' in profile.attributes} asks whether a value is known. */
    private static boolean isPresenceOfAttribute(Expression expression) {
        return Expressions.isCall(expression, Operators.IN)
                && ((Call) expression).arguments().get(1).type() instanceof FieldType.Mapping map
                && map.value() == FieldType.Scalar.MIXED;
    }

    private static boolean isOfProfile(Select select) {
        return select.operand() instanceof Profile || (select.operand() instanceof Select outer && isOfProfile(outer));
    }

    /** {@code has()} on a profile field has a known result even without data. */
    private static boolean isDefault(Reading reading) {
        return reading.reduction().hasDefault()
                && !(reading.projection() != null && reading.projection().body() instanceof Has);
    }

    private static boolean isOverGroups(Expression list) {
        return list instanceof Grouped
                || (list instanceof Comprehension comprehension && isOverGroups(comprehension.range()));
    }

    private static Stream<Groups> groups(Expression list) {
        if (list instanceof Groups groups) {
            return Stream.of(groups);
        }
        return list instanceof Comprehension comprehension ? groups(comprehension.range()) : Stream.empty();
    }
}
