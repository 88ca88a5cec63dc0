// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression is evaluated over: a customer's state at an instant, and the elements of the lambdas around it. */
public final class Frame {
    /** Lambdas nest at most this deep. */
    static final int MAX_DEPTH = 8;

    private static final long[] NONE = {};
    private static final int TERMS_PER_WORD = Long.SIZE / 2;

    private final @Nullable CustomerState state;
    private final long now;
    private final long eventAt;
    private @Nullable Object outermost;
    private @Nullable AggregateStates group;
    private List<Limit> limits = List.of();
    private List<InputProblem> problems = List.of();
    private @Nullable Set<String> cutStreams;
    private Object @Nullable [] inner;
    /** Of each term two bits: whether its answer is known, and which it is. */
    private long[] answers = NONE;

    /** For expressions that see an event only. */
    public Frame(Object element) {
        this.state = null;
        this.now = Long.MIN_VALUE;
        this.eventAt = Long.MIN_VALUE;
        this.outermost = element;
    }

    public Frame(CustomerState state, long now) {
        this(state, now, Long.MIN_VALUE);
    }

    /** @param eventAt time of the event that is the cause, in milliseconds since the epoch */
    public Frame(CustomerState state, long now, long eventAt) {
        this.state = state;
        this.now = now;
        this.eventAt = eventAt;
    }

    /** Milliseconds since the epoch. */
    public long now() {
        return now;
    }

    /** Time of the event that is the cause, in milliseconds since the epoch; {@link Long#MIN_VALUE} where none is. */
    long eventAt() {
        return eventAt;
    }

    CustomerState state() {
        if (state == null) {
            throw new IllegalStateException("a condition on an event asked for the customer's state");
        }
        return state;
    }

    /** What is remembered for an aggregate: of the group that is being looked at, else of the customer. */
    @Nullable
    AggregateState find(int id) {
        AggregateState ofGroup = group == null ? null : group.find(id);
        return ofGroup == null ? state().aggregates().find(id) : ofGroup;
    }

    /** What a term gave, by its id; null where it was not asked at this instant. */
    @Nullable
    public Boolean answer(int term) {
        int word = term / TERMS_PER_WORD;
        if (word >= answers.length) {
            return null;
        }
        long bits = answers[word] >>> (2 * (term % TERMS_PER_WORD));
        return (bits & 1) == 0 ? null : (Boolean) ((bits & 2) != 0);
    }

    public void remember(int term, boolean answer) {
        int word = term / TERMS_PER_WORD;
        if (word >= answers.length) {
            answers = Arrays.copyOf(answers, word + 4);
        }
        answers[word] |= (answer ? 3L : 1L) << (2 * (term % TERMS_PER_WORD));
    }

    /** From here on a group is looked at. */
    void enter(AggregateStates ofGroup) {
        group = ofGroup;
    }

    /** From here on no group is looked at. */
    void leave() {
        group = null;
    }

    /** Something that the event brought, or something older, had to go. */
    public void reached(Limit limit) {
        limits = limits.isEmpty() ? new ArrayList<>() : limits;
        limits.add(limit);
    }

    /** Groups of a stream are not seen that were seen before the event. To read them again in this frame counts nothing. */
    void leftOut(String stream, int groups) {
        cutStreams = cutStreams == null ? new HashSet<>() : cutStreams;
        for (int left = cutStreams.add(stream) ? groups : 0; left > 0; left--) {
            reached(Limit.GROUPS);
        }
    }

    /** The limits that were reached, once for each time. */
    public List<Limit> limits() {
        return limits;
    }

    /**
     * Something of the event could not be used; of one kind the first is kept.
     *
     * @param value the offending text; empty where something is missing
     */
    public void problem(InputProblem.Kind kind, String value) {
        if (problems.stream().noneMatch(known -> known.kind() == kind)) {
            problems = problems.isEmpty() ? new ArrayList<>() : problems;
            problems.add(new InputProblem(kind, value));
        }
    }

    /** What could not be used of the event, at most one of each kind. */
    public List<InputProblem> problems() {
        return problems;
    }

    Object element(int depth) {
        Object element = depth == 0 || inner == null ? outermost : inner[depth];
        if (element == null) {
            throw new IllegalStateException("no lambda is open");
        }
        return element;
    }

    public void setElement(int depth, Object element) {
        if (depth == 0) {
            outermost = element;
            return;
        }
        if (inner == null) {
            inner = new Object[MAX_DEPTH];
        }
        inner[depth] = element;
    }
}
