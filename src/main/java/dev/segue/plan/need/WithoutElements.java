// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.need;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Reading;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType.Scalar;
import org.jspecify.annotations.Nullable;

/** Evaluates conditions for streams without elements, as far as their results are certain. */
final class WithoutElements {
    private final @Nullable String stream;

    /** @param stream the only stream without elements; null if all streams of the group have none */
    private WithoutElements(@Nullable String stream) {
        this.stream = stream;
    }

    /** Returns whether a condition on a group is false if none of its streams has elements. */
    static boolean isFalse(Expression condition) {
        return Boolean.FALSE.equals(new WithoutElements(null).result(condition));
    }

    /** Returns whether a condition on a group is false if one of its streams has no elements, whatever the others have. */
    static boolean isFalse(Expression condition, String stream) {
        return Boolean.FALSE.equals(new WithoutElements(stream).result(condition));
    }

    /** Returns the result; null if it is not certain, or not a condition. */
    private @Nullable Boolean result(Expression condition) {
        if (condition instanceof Literal literal) {
            return literal.value() instanceof Boolean constant ? constant : null;
        }
        if (condition instanceof Reading reading) {
            boolean isCertain = reading.type() == Scalar.BOOLEAN && isEmpty(reading);
            return isCertain ? (Boolean) (reading.reduction() == Reductions.EVERY) : null;
        }
        if (!(condition instanceof Call call)) {
            return null;
        }
        return switch (call.function()) {
            case Operators.AND -> either(call, false);
            case Operators.OR -> either(call, true);
            case Operators.NOT -> {
                Boolean inner = result(call.arguments().get(0));
                yield inner == null ? null : (Boolean) !inner;
            }
            default -> compared(call);
        };
    }

    /** One argument decides if it has the given result; otherwise both are needed. */
    private @Nullable Boolean either(Call call, boolean deciding) {
        Boolean left = result(call.arguments().get(0));
        Boolean right = result(call.arguments().get(1));
        if ((left != null && left == deciding) || (right != null && right == deciding)) {
            return deciding;
        }
        boolean bothKnown = left != null && right != null;
        return bothKnown ? (Boolean) !deciding : null;
    }

    private @Nullable Boolean compared(Call call) {
        if (call.arguments().size() != 2) {
            return null;
        }
        Double left = number(call.arguments().get(0));
        Double right = number(call.arguments().get(1));
        if (left == null || right == null) {
            return null;
        }
        int order = Double.compare(left + 0.0, right + 0.0);
        return switch (call.function()) {
            case Operators.LESS -> order < 0;
            case Operators.LESS_EQUALS -> order <= 0;
            case Operators.EQUALS -> order == 0;
            case Operators.NOT_EQUALS -> order != 0;
            case Operators.GREATER_EQUALS -> order >= 0;
            case Operators.GREATER -> order > 0;
            default -> null;
        };
    }

    private @Nullable Double number(Expression value) {
        if (value instanceof Literal literal) {
            return literal.value() instanceof Number number && !Double.isNaN(number.doubleValue())
                    ? (Double) number.doubleValue()
                    : null;
        }
        boolean isZero = value instanceof Reading reading
                && isEmpty(reading)
                && (reading.reduction().isCount() || reading.reduction() == Reductions.SUM);
        return isZero ? (Double) 0.0 : null;
    }

    /** A stream that may have no value is not certain to be empty. */
    private boolean isEmpty(Reading reading) {
        Pipeline pipeline = reading.pipeline();
        return pipeline.group()
                && (stream == null || pipeline.stream().equals(stream))
                && pipeline.steps().stream()
                        .noneMatch(step -> step instanceof Pipeline.After after && mayFail(after.other()));
    }

    private static boolean mayFail(Pipeline pipeline) {
        return pipeline.steps().stream().anyMatch(WithoutElements::mayFail);
    }

    private static boolean mayFail(Pipeline.Step step) {
        return (step instanceof Pipeline.Filter filter
                        && MayFail.is(filter.condition().body()))
                || (step instanceof Pipeline.After after && mayFail(after.other()))
                || (step instanceof Pipeline.Related related && mayFail(related.other()));
    }
}
