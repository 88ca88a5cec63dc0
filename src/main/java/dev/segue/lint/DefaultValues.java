package dev.segue.lint;

import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Groups;
import dev.segue.definition.language.Expression.Has;
import dev.segue.definition.language.Expression.Profile;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Expression.Reduce;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Pipeline;
import java.util.stream.Stream;

/**
 * What an expression reads that has a default where nothing is known: fields of the profile, and values of streams that
 * are 0, '' or true of nothing without meaning so. A count or a sum of nothing is rightly 0.
 */
final class DefaultValues {
    private DefaultValues() {}

    /** One such value with the condition under which it is known. */
    record Read(Expression expression, String guard) {}

    /** All such values, in the order written. */
    static Stream<Read> in(Expression expression) {
        if (expression instanceof Has) {
            return Stream.empty();
        }
        if (expression instanceof Select select && isOfProfile(select)) {
            return Stream.of(new Read(select, "has(" + select.text() + ")"));
        }
        if (expression instanceof Reading reading) {
            return isDefault(reading) ? Stream.of(new Read(reading, known(reading.pipeline()))) : Stream.empty();
        }
        if (expression instanceof Reduce reduce && reduce.reduction().hasDefault()) {
            return Stream.concat(
                    groups(reduce.list()).map(groups -> new Read(reduce, known(groups.pipeline()))), in(reduce.list()));
        }
        if (expression instanceof Comprehension comprehension
                && groups(comprehension.range()).findAny().isPresent()) {
            // Of no group nothing is read.
            return Stream.empty();
        }
        return expression.children().stream().flatMap(DefaultValues::in);
    }

    private static boolean isOfProfile(Select select) {
        return select.operand() instanceof Profile || (select.operand() instanceof Select outer && isOfProfile(outer));
    }

    /** Whether a field is set is known of nothing too. */
    private static boolean isDefault(Reading reading) {
        return reading.reduction().hasDefault()
                && !(reading.projection() != null && reading.projection().body() instanceof Has);
    }

    private static String known(Pipeline pipeline) {
        return pipeline.text() + ".count() > 0";
    }

    private static Stream<Groups> groups(Expression list) {
        if (list instanceof Groups groups) {
            return Stream.of(groups);
        }
        return list instanceof Comprehension comprehension ? groups(comprehension.range()) : Stream.empty();
    }
}
