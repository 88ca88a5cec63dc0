package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.Expression;
import dev.segue.definition.Streams;
import dev.segue.event.Change;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One definition as nodes. */
final class CompiledDefinition {
    private final Definition definition;
    private final Condition when;
    private final Condition until;
    private final Node enters;
    private final Map<String, Node> carry = new LinkedHashMap<>();
    private final Set<Integer> aggregateIds = new TreeSet<>();

    CompiledDefinition(Definition definition, Streams streams, Aggregates aggregates) {
        this.definition = definition;
        this.when = condition(definition.when(), streams, aggregates);
        Expression ends = definition.until();
        this.until = ends == null ? when.negated() : condition(ends, streams, aggregates);
        this.enters = ends == null ? when.node() : Junction.and(when.node(), new Not(until.node()));
        definition.carry().forEach((name, expression) -> {
            ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
            carry.put(name, compiler.compile(expression));
            if (definition.updateCarry()) {
                compiler.readings().forEach(reading -> reading.forEachAggregate(aggregateIds::add));
            }
        });
    }

    private Condition condition(Expression expression, Streams streams, Aggregates aggregates) {
        ExpressionCompiler compiler = new ExpressionCompiler(streams, aggregates);
        Condition condition = new Condition(compiler.compile(expression), compiler.readings());
        condition.forEachAggregate(aggregateIds::add);
        return condition;
    }

    String name() {
        return definition.name();
    }

    String version() {
        return definition.version();
    }

    /** The aggregates whose change may change this definition's answer. */
    Set<Integer> aggregateIds() {
        return aggregateIds;
    }

    /** Asks whether the customer enters, leaves or is updated now, and records what changed. */
    void ask(Look look) {
        Membership membership = look.state().membership(name());
        Frame frame = look.frame();
        if (membership == null) {
            if (holds(when, look) && (definition.until() == null || !holds(until, look))) {
                enter(look);
            }
        } else if (holds(until, look)) {
            look.state().leave(name());
            look.emit(look.change(this, Change.Kind.EXITED, until.evidence(frame), Map.of(), membership));
        } else if (definition.updateCarry()) {
            update(look, membership);
        }
    }

    private void enter(Look look) {
        Map<String, Object> carried = carry(look);
        long hash = definition.updateCarry() ? hash(carried) : 0;
        look.state().enter(new Membership(name(), version(), look.frame().now(), hash));
        look.emit(look.change(this, Change.Kind.ENTERED, when.evidence(look.frame()), carried, null));
    }

    private void update(Look look, Membership membership) {
        Map<String, Object> carried = carry(look);
        long hash = hash(carried);
        if (hash != membership.carryHash()) {
            look.state().enter(new Membership(name(), version(), membership.enteredAt(), hash));
            look.emit(look.change(this, Change.Kind.UPDATED, when.evidence(look.frame()), carried, null));
        }
    }

    private boolean holds(Condition condition, Look look) {
        try {
            return condition.node().test(look.frame());
        } catch (EvaluationException failure) {
            look.fail(name(), failure);
            return false;
        }
    }

    private Map<String, Object> carry(Look look) {
        Map<String, Object> carried = new LinkedHashMap<>();
        carry.forEach((name, node) -> {
            try {
                carried.put(name, node.value(look.frame()));
            } catch (EvaluationException failure) {
                look.fail(name(), failure);
            }
        });
        return carried;
    }

    /** The next instant at which time alone may change the answer. */
    long stableUntil(CustomerState state, Frame frame) {
        @Nullable Membership membership = state.membership(name());
        if (membership == null) {
            return enters.stableUntil(frame);
        }
        long stable = until.stableUntil(frame);
        if (definition.updateCarry()) {
            for (Node node : carry.values()) {
                stable = Math.min(stable, node.stableUntil(frame));
            }
        }
        return stable;
    }

    /** FNV-1a over the carry's text. */
    private static long hash(Map<String, Object> carried) {
        long hash = 0xcbf29ce484222325L;
        String text = carried.toString();
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
        return hash;
    }
}
