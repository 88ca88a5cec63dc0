// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One definition as nodes; its kind decides who is in. */
abstract class CompiledDefinition {
    private final Definition definition;
    private final Streams streams;
    private final AggregateNeeds aggregates;
    private final Terms terms;
    private final Map<String, Node> carry = new LinkedHashMap<>();
    /** What is carried, where its updates are told. */
    private final List<Term> updates = new ArrayList<>();

    private final Set<Integer> aggregateIds = new TreeSet<>();
    private boolean alwaysTimed;

    CompiledDefinition(Definition definition, Streams streams, AggregateNeeds aggregates, Terms terms) {
        this.definition = definition;
        this.streams = streams;
        this.aggregates = aggregates;
        this.terms = terms;
        terms.nextDefinition();
        definition.carry().forEach((name, expression) -> {
            if (definition.updateCarry()) {
                Term told = value(expression).terms().get(0);
                updates.add(told);
                carry.put(name, told.node());
            } else {
                carry.put(name, new ExpressionCompiler(streams, aggregates).compile(expression));
            }
        });
    }

    /** Compiles one of the definition's expressions and remembers what its answer depends on. */
    final Condition condition(Expression expression) {
        return compiled(Condition.sides(expression));
    }

    /** The same for an expression whose value is asked for, not whether it holds. */
    final Condition value(Expression expression) {
        return compiled(List.of(expression));
    }

    private Condition compiled(List<Expression> sides) {
        Condition condition = Condition.of(sides, streams, aggregates, terms);
        condition.forEachAggregate(aggregateIds::add);
        alwaysTimed |= condition.timed();
        return condition;
    }

    /** Time alone may change the answer for customers of whom nothing is remembered too. */
    final void markTimed() {
        alwaysTimed = true;
    }

    final String name() {
        return definition.name();
    }

    final String version() {
        return definition.version();
    }

    final Definition definition() {
        return definition;
    }

    /** The aggregates whose change may change this definition's answer. */
    final Set<Integer> aggregateIds() {
        return aggregateIds;
    }

    final boolean isAlwaysTimed() {
        return alwaysTimed;
    }

    /** Whether a membership is one that this definition gives: a segment that has moved elsewhere is another. */
    abstract boolean gives(Membership membership);

    /** Asks whether the customer enters, leaves or is updated now, and records what changed. */
    abstract void ask(Evaluation look);

    /**
     * Pays attention to the terms that can change the answer.
     *
     * @return the next instant at which time alone may
     */
    abstract long attend(CustomerState state, Frame frame, WatchedTerms attention);

    /** What goes with the change now; an entry without a value is left out, and that is told. */
    final Map<String, Object> carry(Evaluation look) {
        Map<String, Object> carried = new LinkedHashMap<>();
        carry.forEach((name, node) -> {
            try {
                carried.put(name, Values.readable(node.value(look.frame())));
            } catch (EvaluationException failure) {
                look.fail(name(), failure);
            }
        });
        return carried;
    }

    /** Pays attention to what is carried, where its updates are told. */
    final long attendCarry(Frame frame, WatchedTerms attention) {
        long until = CustomerState.NEVER;
        for (Term term : updates) {
            until = Math.min(until, term.attend(frame, attention));
        }
        return until;
    }

    /** Stands for a carry, where its updates are told; else 0. */
    final long hash(Map<String, Object> carried) {
        return definition.updateCarry() ? CarryHash.of(carried) : 0;
    }
}
