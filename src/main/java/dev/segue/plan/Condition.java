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
 * An expression of a definition with what it reads.
 *
 * @param terms the sides of its {@code &&}; one where it has none
 * @param readings what evidence tells, in the order written
 * @param timed whether the answer changes with the calendar, for customers of whom nothing is remembered too
 */
record Condition(List<Term> terms, List<Reading> readings, boolean timed) {

    /** @param sides the expression's sides, or the whole of it as one */
    static Condition of(List<Expression> sides, Streams streams, AggregateNeeds aggregates, Terms all) {
        List<Term> terms = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        boolean timed = false;
        for (Expression side : sides) {
            ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
            Node node = compiler.compile(side);
            List<Reading> read = new ArrayList<>(compiler.readings());
            readings.addAll(read);
            read.addAll(compiler.hidden());
            terms.add(all.add(node, read));
            timed |= compiler.isTimed();
        }
        return new Condition(List.copyOf(terms), List.copyOf(readings), timed);
    }

    /** What has to hold together for an expression to hold. */
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

    /** The value of an expression that is one term. */
    Object value(Frame frame) {
        return terms.get(0).node().value(frame);
    }

    /** Whether the condition holds; one that has no value does not, and that is told. */
    boolean holds(Evaluation look, String definition) {
        EvaluationException failure = null;
        for (int index = 0; index < terms.size(); index++) {
            try {
                if (!terms.get(index).test(look.frame())) {
                    return false;
                }
            } catch (EvaluationException none) {
                failure = none;
            }
        }
        if (failure != null) {
            look.fail(definition, failure);
        }
        return failure == null;
    }

    /** Of the terms that are false the one that stays so for longest by itself; null where none is. */
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
     * Pays attention to the terms that can change the answer.
     *
     * @return the first instant at which time alone may
     */
    long attend(Frame frame, WatchedTerms attention) {
        Term deciding = deciding(frame);
        return deciding == null ? attendAll(frame, attention) : deciding.attend(frame, attention);
    }

    /** The same where every change counts. */
    long attendAll(Frame frame, WatchedTerms attention) {
        long until = CustomerState.NEVER;
        for (int index = 0; index < terms.size(); index++) {
            until = Math.min(until, terms.get(index).attend(frame, attention));
        }
        return until;
    }

    /** What it reads and the values now; a text that stands twice is told once. */
    List<Evidence> evidence(Frame frame) {
        List<Evidence> evidence = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Reading reading : readings) {
            try {
                Evidence found = reading.evidence(frame);
                if (told.add(found.expression())) {
                    evidence.add(found);
                }
            } catch (EvaluationException noValue) {
                // It cannot have decided, and there is no value to tell.
            }
        }
        return evidence;
    }
}
