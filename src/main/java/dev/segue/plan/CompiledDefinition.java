// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.PercentileReading;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.Waiting;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One definition, compiled to nodes. Its subclass decides membership. */
abstract class CompiledDefinition {
    private final Definition definition;
    private final Streams streams;
    private final AggregateNeeds aggregates;
    private final Terms terms;
    private final Map<String, Node> carry = new LinkedHashMap<>();
    /** The terms of the carry if its updates are emitted; otherwise empty. */
    private final List<Term> updates = new ArrayList<>();

    private final Set<Integer> aggregateIds = new TreeSet<>();
    private final Set<String> reads;
    private final long[] populations;
    private boolean alwaysTimed;
    private boolean asksAboutProducts;
    private boolean carriesFacts;

    CompiledDefinition(Definition definition, Streams streams, AggregateNeeds aggregates, Terms terms) {
        this.definition = definition;
        this.streams = streams;
        this.aggregates = aggregates;
        this.terms = terms;
        this.reads = new TreeSet<>(definition.references());
        Map<String, Expression.Percentile> compared = definition.rule() instanceof DefinitionRule.Population
                ? Map.of()
                : DefinitionParts.percentiles(definition);
        reads.addAll(compared.keySet());
        this.populations =
                compared.values().stream().mapToLong(PercentileReading::id).toArray();
        terms.nextDefinition();
        definition.carry().forEach((name, expression) -> {
            if (definition.updateCarry()) {
                Term term = value(expression).terms().get(0);
                updates.add(term);
                carry.put(name, term.node());
            } else {
                ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
                carry.put(name, compiler.compile(expression));
                carriesFacts |= compiler.asksAboutProducts();
            }
        });
    }

    /** Compiles one of the definition's conditions and collects the aggregates on which it depends. */
    final Condition condition(Expression expression) {
        return compiled(Condition.sides(expression));
    }

    /** As {@link #condition}, for an expression that is a value, not a condition. */
    final Condition value(Expression expression) {
        return compiled(List.of(expression));
    }

    private Condition compiled(List<Expression> sides) {
        Condition condition = Condition.of(sides, streams, aggregates, terms);
        condition.forEachAggregate(aggregateIds::add);
        alwaysTimed |= condition.timed();
        asksAboutProducts |= condition.asksAboutProducts();
        return condition;
    }

    /** Marks that time alone may change the result even for customers without stored aggregates. */
    final void markTimed() {
        alwaysTimed = true;
    }

    final String name() {
        return definition.name();
    }

    /** Returns the name of the definition to which failures are attributed. */
    String responsible() {
        return name();
    }

    final String version() {
        return definition.version();
    }

    final Definition definition() {
        return definition;
    }

    /** Returns the aggregates whose changes may change this definition's result. */
    final Set<Integer> aggregateIds() {
        return aggregateIds;
    }

    final boolean isAlwaysTimed() {
        return alwaysTimed;
    }

    /** Returns whether the result depends on facts of products. */
    final boolean asksAboutProducts() {
        return asksAboutProducts;
    }

    /** Returns whether an expression reads facts of products, even if the result does not depend on it. */
    final boolean mentionsProducts() {
        return asksAboutProducts || carriesFacts;
    }

    /** Returns what other definitions may read of this one: its segments. */
    Set<String> decides() {
        return definition.segments();
    }

    /** Adds others whose decisions this one reads. */
    final void readAlso(Set<String> names) {
        reads.addAll(names);
    }

    /** Returns whether the result depends on what another definition decides. */
    final boolean reads(CompiledDefinition other) {
        return reads.stream().anyMatch(other.decides()::contains);
    }

    /**
     * Returns whether this definition grants the membership. It does not if the segment has moved to another
     * definition.
     */
    abstract boolean grants(Membership membership);

    /**
     * Returns since when a condition must have held at least for one of this definition's memberships to have begun; null
     * if that does not matter any more, or is known otherwise.
     */
    @Nullable
    Waiting heldFor(Membership membership) {
        return null;
    }

    /** Returns the values that put the customer into a segment of this definition. */
    abstract List<Evidence> evidenceFor(Evaluation evaluation, Membership membership);

    /** Returns the values that ended a membership. */
    abstract List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left);

    /** Returns whether the customer has a membership of this definition. */
    abstract boolean isIn(CustomerState state);

    /**
     * Evaluates whether the customer enters, leaves or is updated now, and records the change. Before the first cuts of a
     * population that the definition compares, nobody leaves: an edited value would otherwise throw everybody out for a
     * few seconds.
     */
    final void evaluate(Evaluation evaluation) {
        if (!awaitsCuts(evaluation) || !isIn(evaluation.state())) {
            decide(evaluation);
        }
    }

    private boolean awaitsCuts(Evaluation evaluation) {
        for (long population : populations) {
            if (evaluation.state().cuts().at(population, evaluation.frame().now()) == null) {
                return true;
            }
        }
        return false;
    }

    /** Evaluates the definition. */
    abstract void decide(Evaluation evaluation);

    /** Returns whether the result depends on what has no past: on percentiles, or on facts of products. */
    final boolean readsThePresent() {
        return populations.length > 0 || asksAboutProducts;
    }

    /**
     * Watches the terms that can change the result.
     *
     * @return the next instant at which time alone may change it
     */
    abstract long watch(CustomerState state, Frame frame, WatchedTerms watched);

    /** Evaluates the carry of a change; drops entries without a value and reports them as failures. */
    final Map<String, Object> carry(Evaluation evaluation) {
        if (carry.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> carried = new LinkedHashMap<>();
        carry.forEach((name, node) -> {
            try {
                carried.put(name, Values.readable(node.value(evaluation.frame())));
            } catch (EvaluationException none) {
                evaluation.fail(name());
            }
        });
        return carried;
    }

    /** Watches the terms of the carry if its updates are emitted. */
    final long watchCarry(Frame frame, WatchedTerms watched) {
        long until = CustomerState.NEVER;
        for (Term term : updates) {
            until = Math.min(until, term.watch(frame, watched));
        }
        return until;
    }

    /** Returns the hash of a carry if its updates are emitted; otherwise 0. */
    final long hash(Map<String, Object> carried) {
        return definition.updateCarry() ? CarryHash.of(carried) : 0;
    }
}
