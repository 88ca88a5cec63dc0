// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import dev.segue.event.Vocabulary;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.Reading;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.LinkedIds;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.RecentIds;
import dev.segue.plan.state.Zones;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates the parts of an expression one by one, with the same nodes as the plan. Not thread-safe. */
public final class Why {
    private static final Set<String> TAKEN_APART =
            Set.of(Operators.AND, Operators.OR, Operators.NOT, Operators.CONDITIONAL);

    private final Streams streams;
    private final Vocabulary vocabulary;
    private final Zones zones;

    /** Explains states of a plan over the same vocabulary and zone. */
    public Why(Vocabulary vocabulary, ZoneId zone) {
        this.streams = new Streams(vocabulary);
        this.vocabulary = vocabulary;
        this.zones = new Zones(zone);
    }

    /**
     * Returns the value of a checked expression and of each of its parts.
     *
     * @param now the instant, in milliseconds since the epoch, at or after the customer's own time
     */
    public Answer evaluate(Expression expression, CustomerState state, long now) {
        ExpressionCompiler compiler = compiler();
        Node node = compiler.compile(expression);
        List<Answer> parts = new ArrayList<>();
        if (expression instanceof Call call && TAKEN_APART.contains(call.function())) {
            call.arguments().forEach(argument -> parts.add(evaluate(argument, state, now)));
        }
        Frame frame = new Frame(state, now);
        List<Answer.ReadingValue> values =
                parts.isEmpty() ? readingValues(expression, compiler.readings(), frame) : List.of();
        return new Answer(
                expression,
                value(node, frame),
                failure(node, frame),
                node.stableUntil(frame),
                List.copyOf(parts),
                values);
    }

    /**
     * As {@link #evaluate}, for a customer without history who is in the given segments.
     *
     * @param now the instant, in milliseconds since the epoch
     */
    public Answer evaluateForUnknown(Expression expression, List<Membership> memberships, long now) {
        return evaluate(
                expression,
                new CustomerState(
                        "",
                        CustomerState.Clock.NEW,
                        CustomerState.History.NONE,
                        new RecentIds(),
                        new LinkedIds(),
                        memberships,
                        List.of()),
                now);
    }

    /** Ids of aggregates depend only on their meaning, so each compilation finds the plan's own aggregates. */
    private ExpressionCompiler compiler() {
        return new ExpressionCompiler(streams, new AggregateNeeds(vocabulary, streams, zones));
    }

    private static @Nullable Object value(Node node, Frame frame) {
        try {
            return Values.readable(node.value(frame));
        } catch (EvaluationException none) {
            return null;
        }
    }

    private static @Nullable String failure(Node node, Frame frame) {
        try {
            node.value(frame);
            return null;
        } catch (EvaluationException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static List<Answer.ReadingValue> readingValues(Expression expression, List<Reading> readings, Frame frame) {
        List<Answer.ReadingValue> values = new ArrayList<>();
        for (Reading reading : readings) {
            Evidence evidence = evidence(reading, frame);
            if (evidence != null) {
                withText(expression, evidence.expression())
                        .ifPresent(found -> values.add(new Answer.ReadingValue(found, evidence)));
            }
        }
        return List.copyOf(values);
    }

    /** Returns null if the reading has no value; the part then contains the reason. */
    private static @Nullable Evidence evidence(Reading reading, Frame frame) {
        try {
            return reading.evidence(frame);
        } catch (EvaluationException noValue) {
            return null;
        }
    }

    /** Returns the sub-expression with a reading's text. */
    private static Optional<Expression> withText(Expression expression, String text) {
        if (expression.text().equals(text)) {
            return Optional.of(expression);
        }
        return expression.children().stream()
                .flatMap(child -> withText(child, text).stream())
                .findFirst();
    }

    /** Returns a finder of the customer's events behind a reading's value; see {@link EventsBehind}. */
    public EventsBehind behind(CustomerState state, long now) {
        return new EventsBehind(compiler(), state, now);
    }
}
