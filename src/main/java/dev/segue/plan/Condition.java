// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.Reading;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a definition with its terms and readings.
 *
 * @param terms the sides of its {@code &&}; a single term if it has none
 * @param readings the readings that evidence lists, in the order written
 * @param timed whether the result changes with the calendar, even for customers without stored aggregates
 * @param asksAboutProducts whether the result depends on facts of products
 */
record Condition(List<Term> terms, List<Reading> readings, boolean timed, boolean asksAboutProducts) {

    /** @param sides the sides of its {@code &&}, or the whole expression as one side */
    static Condition of(List<Expression> sides, Streams streams, AggregateNeeds aggregates, Terms all) {
        List<Term> terms = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        boolean timed = false;
        boolean asksAboutProducts = false;
        for (Expression side : sides) {
            ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
            Node node = compiler.compile(side);
            List<Reading> read = new ArrayList<>(compiler.readings());
            readings.addAll(read);
            read.addAll(compiler.hidden());
            terms.add(all.add(node, read));
            timed |= compiler.isTimed();
            asksAboutProducts |= compiler.asksAboutProducts();
        }
        return new Condition(List.copyOf(terms), List.copyOf(readings), timed, asksAboutProducts);
    }

    /** Returns the sides of the expression's {@code &&}, all of which must hold. */
    static List<Expression> sides(Expression expression) {
        if (!(expression instanceof Expression.Call call && call.function().equals(Operators.AND))) {
            return List.of(expression);
        }
        List<Expression> sides = new ArrayList<>();
        call.arguments().forEach(argument -> sides.addAll(sides(argument)));
        return sides;
    }

    void forEachAggregate(IntConsumer action) {
        terms.forEach(term -> term.aggregates().forEach(action::accept));
    }

    /** Returns the value of an expression with a single term. */
    Object value(Frame frame) {
        return terms.get(0).node().value(frame);
    }

    /** Returns whether the condition holds. A condition without a value does not hold and is reported as a failure. */
    boolean holds(Evaluation evaluation, String definition) {
        boolean hasFailed = false;
        for (int index = 0; index < terms.size(); index++) {
            try {
                if (!terms.get(index).test(evaluation.frame())) {
                    return false;
                }
            } catch (EvaluationException none) {
                hasFailed = true;
            }
        }
        if (hasFailed) {
            evaluation.fail(definition);
        }
        return !hasFailed;
    }

    /** Returns the false term that time changes last; null if no term is false. */
    @Nullable
    Term deciding(Frame frame) {
        Term deciding = null;
        long longest = Long.MIN_VALUE;
        for (int index = 0; index < terms.size() && longest < CustomerState.NEVER; index++) {
            Term term = terms.get(index);
            if (term.isFalse(frame)) {
                long stable = term.node().stableUntil(frame);
                if (stable > longest) {
                    deciding = term;
                    longest = stable;
                }
            }
        }
        return deciding;
    }

    /**
     * Watches the terms that can change the result.
     *
     * @return the first instant at which time alone may change it
     */
    long watch(Frame frame, WatchedTerms watched) {
        Term deciding = deciding(frame);
        return deciding == null ? watchAll(frame, watched) : deciding.watch(frame, watched);
    }

    /** As {@link #watch}, but watches every term. */
    long watchAll(Frame frame, WatchedTerms watched) {
        long until = CustomerState.NEVER;
        for (int index = 0; index < terms.size(); index++) {
            until = Math.min(until, terms.get(index).watch(frame, watched));
        }
        return until;
    }

    /** Returns the readings with their current values. A text that occurs twice is listed once. */
    List<Evidence> evidence(Frame frame) {
        List<Evidence> evidence = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Reading reading : readings) {
            try {
                Evidence found = reading.evidence(frame);
                if (seen.add(found.expression())) {
                    evidence.add(found);
                }
            } catch (EvaluationException noValue) {
                // A reading without a value cannot have decided the result.
            }
        }
        return evidence;
    }
}
