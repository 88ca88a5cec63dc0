package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.Expression;
import dev.segue.definition.Rule;
import dev.segue.definition.Streams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One definition as nodes; its kind decides who is in. */
abstract class CompiledDefinition {
    private final Definition definition;
    private final Streams streams;
    private final Aggregates aggregates;
    private final Map<String, Node> carry = new LinkedHashMap<>();
    private final Set<Integer> aggregateIds = new TreeSet<>();
    private boolean alwaysTimed;

    CompiledDefinition(Definition definition, Streams streams, Aggregates aggregates) {
        this.definition = definition;
        this.streams = streams;
        this.aggregates = aggregates;
        definition.carry().forEach((name, expression) -> {
            ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
            Condition carried = new Condition(compiler.compile(expression), compiler.readings(), compiler.hidden());
            carry.put(name, carried.node());
            if (definition.updateCarry()) {
                carried.forEachAggregate(aggregateIds::add);
                alwaysTimed |= compiler.isTimed();
            }
        });
    }

    static CompiledDefinition of(Definition definition, Streams streams, Aggregates aggregates) {
        if (definition.rule() instanceof Rule.Group group) {
            return new CompiledGroup(definition, group, streams, aggregates);
        }
        return definition.rule() instanceof Rule.Trait trait
                ? new CompiledTrait(definition, trait, streams, aggregates)
                : new CompiledSegment(definition, (Rule.Segment) definition.rule(), streams, aggregates);
    }

    /** Compiles one of the definition's expressions and remembers what its answer depends on. */
    final Condition condition(Expression expression) {
        ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
        Condition condition = new Condition(compiler.compile(expression), compiler.readings(), compiler.hidden());
        condition.forEachAggregate(aggregateIds::add);
        alwaysTimed |= compiler.isTimed();
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
    abstract void ask(Look look);

    /** The next instant at which time alone may change the answer. */
    abstract long stableUntil(CustomerState state, Frame frame);

    /** What goes with the change now; an entry without a value is left out, and that is told. */
    final Map<String, Object> carry(Look look) {
        Map<String, Object> carried = new LinkedHashMap<>();
        carry.forEach((name, node) -> {
            try {
                carried.put(name, FieldValue.readable(node.value(look.frame())));
            } catch (EvaluationException failure) {
                look.fail(name(), failure);
            }
        });
        return carried;
    }

    /** When the carry may change by itself, where that is told; else never. */
    final long carryStableUntil(Frame frame) {
        long stable = CustomerState.NEVER;
        if (definition.updateCarry()) {
            for (Node node : carry.values()) {
                stable = Math.min(stable, node.stableUntil(frame));
            }
        }
        return stable;
    }

    /** Stands for a carry, where its updates are told; else 0. */
    final long hash(Map<String, Object> carried) {
        return definition.updateCarry() ? CarryHash.of(carried) : 0;
    }
}
