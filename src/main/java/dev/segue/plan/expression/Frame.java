// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.ProductFacts;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.product.Asking;
import dev.segue.plan.product.Launches;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The context in which an expression is evaluated: a customer's state at an instant, and the elements of the enclosing
 * lambdas.
 */
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
    private @Nullable IntFunction<@Nullable AggregateState> joined;
    private List<Limit> limits = List.of();
    private List<InputProblem> problems = List.of();
    private @Nullable Set<String> cutStreams;
    private Object @Nullable [] inner;
    /** Two bits per term: whether its result is known, and the result. */
    private long[] results = NONE;
    /** The products about which each definition has asked, by its position in the plan. */
    private Map<Integer, Asking> askedProducts = Map.of();

    private @Nullable Asking asking;
    private @Nullable IdentityHashMap<Node, Object> values;

    /** A frame for expressions that read only an event. */
    public Frame(Object element) {
        this.state = null;
        this.now = Long.MIN_VALUE;
        this.eventAt = Long.MIN_VALUE;
        this.outermost = element;
    }

    public Frame(CustomerState state, long now) {
        this(state, now, Long.MIN_VALUE);
    }

    /** @param eventAt time of the causing event, in milliseconds since the epoch */
    public Frame(CustomerState state, long now, long eventAt) {
        this.state = state;
        this.now = now;
        this.eventAt = eventAt;
    }

    /** Returns the instant in milliseconds since the epoch. */
    public long now() {
        return now;
    }

    /**
     * Returns the time of the causing event, in milliseconds since the epoch; {@link Long#MIN_VALUE} if there is none.
     */
    long eventAt() {
        return eventAt;
    }

    CustomerState state() {
        if (state == null) {
            throw new IllegalStateException("a condition on an event read the customer's state");
        }
        return state;
    }

    /** From now on a definition asks about products; its position in the plan. */
    public void asksAboutProducts(int definition) {
        askedProducts = askedProducts.isEmpty() ? new HashMap<>() : askedProducts;
        asking = askedProducts.computeIfAbsent(
                definition, absent -> new Asking(state().tested().nextEvaluation(definition)));
    }

    /** From now on no definition asks about products. */
    public void asksNoMore() {
        asking = null;
    }

    /** Returns what collects the questions about products; null if nobody asks. */
    @Nullable
    Asking asking() {
        return asking;
    }

    /** Returns the products about which a definition has asked, as {@link AskedProducts} takes them. */
    public int[] askedProducts(int definition) {
        Asking asked = askedProducts.get(definition);
        return asked == null ? new int[0] : asked.from(0);
    }

    /** Returns what is known of a product at the frame's instant; null if nothing is. */
    @Nullable
    ProductFacts product(String productId) {
        if (productId.isEmpty()) {
            return null;
        }
        if (asking != null) {
            asking.add(AskedProducts.hash(productId));
        }
        return state().products().at(productId, now);
    }

    /** Returns the value of a node that is the same for all elements of the open lambdas. */
    Object once(Node node) {
        if (values == null) {
            values = new IdentityHashMap<>();
        }
        Object known = values.get(node);
        if (known == null) {
            known = node.value(this);
            values.put(node, known);
        }
        return known;
    }

    /**
     * Returns the products of a category that were launched in a time before the frame's instant.
     *
     * @param window in milliseconds
     */
    Launches.Found launched(String category, long window) {
        if (asking != null && !category.isEmpty()) {
            asking.add(AskedProducts.hashOfLaunches(category));
        }
        return state().products().launched(category, now, window);
    }

    /**
     * Returns the state of an aggregate, from the current group if there is one, otherwise from the customer; null if
     * it is empty.
     */
    @Nullable
    AggregateState find(int id) {
        AggregateState ofGroup = group == null ? null : group.find(id);
        if (joined != null) {
            ofGroup = joined.apply(id);
        }
        return ofGroup == null ? state().aggregates().find(id) : ofGroup;
    }

    /** Returns {@link AggregateState#changes} of one of the customer's aggregates; 0 if it is empty. */
    int changes(int id) {
        AggregateState known = state().aggregates().find(id);
        return known == null ? 0 : known.changes();
    }

    /** Returns the cached result of a term, by its id; null if it was not evaluated at this instant. */
    @Nullable
    public Boolean cachedResult(int term) {
        int word = term / TERMS_PER_WORD;
        if (word >= results.length) {
            return null;
        }
        long bits = results[word] >>> (2 * (term % TERMS_PER_WORD));
        return (bits & 1) == 0 ? null : (Boolean) ((bits & 2) != 0);
    }

    public void cacheResult(int term, boolean result) {
        int word = term / TERMS_PER_WORD;
        if (word >= results.length) {
            results = Arrays.copyOf(results, word + 4);
        }
        results[word] |= (result ? 3L : 1L) << (2 * (term % TERMS_PER_WORD));
    }

    /** Makes a group the current one. */
    void enter(AggregateStates ofGroup) {
        group = ofGroup;
    }

    /**
     * Makes the groups of several streams the current ones.
     *
     * @param ofGroups returns the state of an aggregate of one of the groups; null if it is empty
     */
    void enter(IntFunction<@Nullable AggregateState> ofGroups) {
        joined = ofGroups;
    }

    /** Ends the evaluation of the current group. */
    void leave() {
        group = null;
        joined = null;
    }

    /** Records that a limit dropped something of the event, or something older. */
    public void reached(Limit limit) {
        limits = limits.isEmpty() ? new ArrayList<>() : limits;
        limits.add(limit);
    }

    /**
     * Records that groups of a stream are hidden that were visible before the event. Reading them again in this frame
     * adds nothing.
     */
    void leftOut(String stream, int groups) {
        cutStreams = cutStreams == null ? new HashSet<>() : cutStreams;
        for (int left = cutStreams.add(stream) ? groups : 0; left > 0; left--) {
            reached(Limit.GROUPS);
        }
    }

    /** Returns the limits that were reached, once per occurrence. */
    public List<Limit> limits() {
        return limits;
    }

    /**
     * Records a part of the event that could not be used. Only the first problem of each kind is kept.
     *
     * @param value the offending text; empty if something is missing
     */
    public void problem(InputProblem.Kind kind, String value) {
        if (problems.stream().noneMatch(known -> known.kind() == kind)) {
            problems = problems.isEmpty() ? new ArrayList<>() : problems;
            problems.add(new InputProblem(kind, value));
        }
    }

    /** Returns the parts of the event that could not be used, at most one of each kind. */
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
