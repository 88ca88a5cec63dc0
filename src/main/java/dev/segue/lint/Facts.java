// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import static dev.segue.lint.Expressions.isCall;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.AttributeTest;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.ListOf;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Subexpressions;
import dev.segue.event.FieldType.Scalar;
import dev.segue.lint.Domain.Numbers;
import dev.segue.lint.Domain.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Constraints on the parts of conditions that follow from the results of these conditions. Each part is considered
 * separately, so contradictions between different parts may be missed, but every contradiction found is real.
 * Expressions with equal text have equal values at an instant.
 */
final class Facts {
    private final Ranges ranges;
    private final Predicate<Literal> open;
    private final Map<String, Domain> domains;

    private Facts(Ranges ranges, Predicate<Literal> open, Map<String, Domain> domains) {
        this.ranges = ranges;
        this.open = open;
        this.domains = domains;
    }

    static Facts none(Ranges ranges) {
        return none(ranges, literal -> false);
    }

    /** @param open constants from whose values nothing follows */
    static Facts none(Ranges ranges, Predicate<Literal> open) {
        return new Facts(ranges, open, Map.of());
    }

    /** These facts and those that follow from a condition's result; null if that result is impossible. */
    @Nullable
    Facts and(Expression condition, boolean answer) {
        if (condition instanceof Literal) {
            // A constant is often a param that serves as a switch.
            return this;
        }
        if (condition instanceof AttributeTest test && answer) {
            // If it is false, the attribute may also be missing.
            Facts holds = narrowed(condition, Words.among(Set.of("true")));
            return holds == null ? null : holds.atom(test.comparison(), true);
        }
        if (!(condition instanceof Call call)) {
            return narrowed(condition, Words.among(Set.of(String.valueOf(answer))));
        }
        List<Expression> sides = call.arguments();
        return switch (call.function()) {
            case Operators.NOT -> and(sides.get(0), !answer);
            case Operators.AND -> answer ? both(sides, true) : either(sides, false);
            case Operators.OR -> answer ? either(sides, true) : both(sides, false);
            case Operators.CONDITIONAL -> conditional(sides, answer);
            default -> atom(call, answer);
        };
    }

    /** Runs two rounds, so that a choice on the left benefits from facts on the right. */
    private @Nullable Facts both(List<Expression> sides, boolean answer) {
        Facts facts = this;
        for (int round = 0; round < 2; round++) {
            for (Expression side : sides) {
                facts = facts == null ? null : facts.and(side, answer);
            }
        }
        return facts;
    }

    private @Nullable Facts either(List<Expression> sides, boolean answer) {
        Facts left = and(sides.get(0), answer);
        Facts right = and(sides.get(1), answer);
        return left == null ? right : right == null ? left : this;
    }

    private @Nullable Facts conditional(List<Expression> sides, boolean answer) {
        Facts holds = and(sides.get(0), true);
        Facts first = holds == null ? null : holds.and(sides.get(1), answer);
        Facts not = and(sides.get(0), false);
        Facts second = not == null ? null : not.and(sides.get(2), answer);
        return first == null ? second : second == null ? first : this;
    }

    private @Nullable Facts atom(Call call, boolean answer) {
        List<Expression> sides = call.arguments();
        if (Subexpressions.all(call).anyMatch(part -> part instanceof Literal literal && open.test(literal))) {
            return narrowed(call, Words.among(Set.of(String.valueOf(answer))));
        }
        if (Operators.MIRRORED.containsKey(call.function())) {
            if (sides.get(0).text().equals(sides.get(1).text())) {
                return alike(call, answer) ? this : null;
            }
            if (sides.get(1) instanceof Literal literal && !(sides.get(0) instanceof Literal)) {
                return compared(sides.get(0), call.function(), literal, answer);
            }
            if (sides.get(0) instanceof Literal literal && !(sides.get(1) instanceof Literal)) {
                return compared(sides.get(1), Operators.MIRRORED.get(call.function()), literal, answer);
            }
            if (sides.get(0) instanceof Literal) {
                return this;
            }
        }
        if (isCall(call, Operators.IN) && sides.get(1) instanceof ListOf list && !(sides.get(0) instanceof Literal)) {
            return among(sides.get(0), list, answer);
        }
        return narrowed(call, Words.among(Set.of(String.valueOf(answer))));
    }

    /** Returns true if a comparison of an expression with itself can have that result. */
    private static boolean alike(Call call, boolean answer) {
        boolean holds = Set.of(Operators.EQUALS, Operators.LESS_EQUALS, Operators.GREATER_EQUALS)
                .contains(call.function());
        boolean maybeNaN = call.arguments().get(0).type() == Scalar.DOUBLE
                && Expressions.mayBeNaN(call.arguments().get(0));
        return maybeNaN || holds == answer;
    }

    private @Nullable Facts compared(Expression term, String operator, Literal literal, boolean answer) {
        if (!answer && literal.value() instanceof Double && Expressions.mayBeNaN(term)) {
            return this;
        }
        Domain domain = domain(answer ? operator : Operators.OPPOSITE.get(operator), literal.value());
        return domain == null ? this : narrowed(term, domain);
    }

    private static @Nullable Domain domain(String operator, Object value) {
        if (value instanceof Long || value instanceof Double) {
            return numbers(operator, (Number) value);
        }
        String text = String.valueOf(value);
        return switch (operator) {
            case Operators.EQUALS -> Words.among(Set.of(text));
            case Operators.NOT_EQUALS -> Words.without(Set.of(text));
            default -> null;
        };
    }

    private static Domain numbers(String operator, Number value) {
        boolean whole = value instanceof Long;
        BigDecimal number = exact(value);
        BigDecimal above = whole ? number.add(BigDecimal.ONE) : exact(Math.nextUp(value.doubleValue()));
        BigDecimal below = whole ? number.subtract(BigDecimal.ONE) : exact(Math.nextDown(value.doubleValue()));
        return switch (operator) {
            case Operators.LESS -> Numbers.between(null, below, whole);
            case Operators.LESS_EQUALS -> Numbers.between(null, number, whole);
            case Operators.GREATER -> Numbers.between(above, null, whole);
            case Operators.GREATER_EQUALS -> Numbers.between(number, null, whole);
            case Operators.EQUALS -> Numbers.between(number, number, whole);
            default -> new Numbers(null, null, Set.of(number.stripTrailingZeros()), whole);
        };
    }

    private static BigDecimal exact(Number value) {
        double number = value.doubleValue();
        return value instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : new BigDecimal(Double.isFinite(number) ? number : Math.copySign(Double.MAX_VALUE, number));
    }

    private @Nullable Facts among(Expression term, ListOf list, boolean answer) {
        Set<String> texts = new HashSet<>();
        List<Number> numbers = new ArrayList<>();
        for (Expression element : list.elements()) {
            Object value = element instanceof Literal literal ? literal.value() : null;
            if (value instanceof String text) {
                texts.add(text);
            } else if (value instanceof Number number) {
                numbers.add(number);
            } else {
                return this;
            }
        }
        if (!numbers.isEmpty()) {
            return answer ? amongNumbers(term, numbers) : notAmongNumbers(term, numbers);
        }
        return narrowed(term, answer ? Words.among(Set.copyOf(texts)) : Words.without(Set.copyOf(texts)));
    }

    private @Nullable Facts amongNumbers(Expression term, List<Number> numbers) {
        List<BigDecimal> possible = numbers.stream()
                .filter(number -> narrowed(term, numbers(Operators.EQUALS, number)) != null)
                .map(Facts::exact)
                .sorted()
                .toList();
        return possible.isEmpty()
                ? null
                : narrowed(
                        term,
                        Numbers.between(
                                possible.get(0), possible.get(possible.size() - 1), numbers.get(0) instanceof Long));
    }

    private @Nullable Facts notAmongNumbers(Expression term, List<Number> numbers) {
        if (Expressions.mayBeNaN(term)) {
            return this;
        }
        Facts facts = this;
        for (Number number : numbers) {
            facts = facts == null ? null : facts.narrowed(term, numbers(Operators.NOT_EQUALS, number));
        }
        return facts;
    }

    private @Nullable Facts narrowed(Expression term, Domain domain) {
        Domain before = known(term);
        if (before == null || before.getClass() != domain.getClass()) {
            return this;
        }
        Domain after = before.and(domain);
        if (after.isEmpty()) {
            return null;
        }
        Map<String, Domain> more = new HashMap<>(domains);
        more.put(term.text(), after);
        return new Facts(ranges, open, Map.copyOf(more));
    }

    private @Nullable Domain known(Expression term) {
        Domain narrowed = domains.get(term.text());
        Domain known = narrowed == null ? ranges.of(term) : narrowed;
        Pipeline stream = ranges.clockedStream(term);
        Domain filled = stream != null && hasElements(stream) ? ranges.filled().of(term) : null;
        return known == null || filled == null ? known : known.and(filled);
    }

    private boolean hasElements(Pipeline stream) {
        return domains.get(stream.text() + ".count()") instanceof Numbers count
                && count.low() != null
                && count.low().signum() > 0;
    }
}
