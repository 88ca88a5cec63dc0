// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Has;
import dev.segue.definition.language.Expression.Profile;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression.Reduce;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Pipeline;
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
            return new Read(expression, pipeline.text() + ".count() > 0", pipeline.source());
        }
    }

    /** All such values, in written order. */
    static Stream<Read> in(Expression expression) {
        if (expression instanceof Has) {
            return Stream.empty();
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
        if (expression instanceof Comprehension comprehension
                && groups(comprehension.range()).findAny().isPresent()) {
            // A value of an empty group is never read.
            return Stream.empty();
        }
        return expression.children().stream().flatMap(DefaultValues::in);
    }

    private static boolean isOfProfile(Select select) {
        return select.operand() instanceof Profile || (select.operand() instanceof Select outer && isOfProfile(outer));
    }

    /** {@code has()} on a profile field has a known result even without data. */
    private static boolean isDefault(Reading reading) {
        return reading.reduction().hasDefault()
                && !(reading.projection() != null && reading.projection().body() instanceof Has);
    }

    private static Stream<Groups> groups(Expression list) {
        if (list instanceof Groups groups) {
            return Stream.of(groups);
        }
        return list instanceof Comprehension comprehension ? groups(comprehension.range()) : Stream.empty();
    }
}
