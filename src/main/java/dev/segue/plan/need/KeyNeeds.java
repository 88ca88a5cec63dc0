// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.need;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Comprehension.Kind;
import dev.segue.definition.language.Pipeline;
import dev.segue.definition.language.Span;
import dev.segue.definition.language.Streams;
import dev.segue.event.FieldType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Determines what an expression over {@code by_product} and the like needs of each stream. */
public final class KeyNeeds {
    private final SortedMap<String, Need> needs = new TreeMap<>();
    private @Nullable String leading;

    /**
     * What is needed of a stream.
     *
     * @param type the stream's elements
     * @param elements whether single elements are needed, so that aggregates for each key do not suffice
     * @param window the age above which elements are never needed; null if all are
     */
    public record Need(
            FieldType.Listing type,
            boolean elements,
            @Nullable Span window) {
        private Need and(boolean moreElements, @Nullable Span other) {
            boolean whole = window == null || other == null;
            return new Need(
                    type, elements || moreElements, whole ? null : window.millis() > other.millis() ? window : other);
        }
    }

    private KeyNeeds() {}

    /** Returns the needs by stream. */
    public SortedMap<String, Need> byStream() {
        return needs;
    }

    /** Returns a stream without whose elements no key makes a difference; null if there is none. */
    public @Nullable String leading() {
        return leading;
    }

    /**
     * Determines the needs. A key of which nothing is needed any more makes no difference if the first condition is false for
     * keys without elements; otherwise all keys of all streams count.
     *
     * @param whole the enclosing expression, which contains the readings
     */
    public static KeyNeeds of(Expression.ByKey keys, Expression whole) {
        KeyNeeds found = new KeyNeeds();
        for (Expression.Reading reading : ElementNeeds.readingsOfGroups(whole)) {
            found.add(reading.pipeline(), ElementNeeds.needsElements(GroupNeeds.asPlain(reading)), keys);
        }
        Expression first = firstCondition(whole);
        found.leading = found.needs.keySet().stream()
                .filter(stream -> first != null && WithoutElements.isFalse(first, stream))
                .findFirst()
                .orElse(null);
        if (first == null || !WithoutElements.isFalse(first)) {
            // The cart has no events of its own, only lines.
            keys.streams().keySet().forEach(stream -> found.add(stream, stream.equals(Streams.CART), null, keys));
        }
        return found;
    }

    private void add(Pipeline pipeline, boolean elements, Expression.ByKey keys) {
        if (pipeline.isOfKey()) {
            add(pipeline.stream(), elements, window(pipeline), keys);
        }
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.After after && after.other().group()) {
                add(after.other(), ElementNeeds.needsElements(GroupNeeds.asPlain(after.other())), keys);
            }
        }
    }

    private void add(String stream, boolean elements, @Nullable Span window, Expression.ByKey keys) {
        Need known = needs.get(stream);
        FieldType.Listing type = keys.streams().get(stream);
        if (type != null) {
            needs.put(stream, known == null ? new Need(type, elements, window) : known.and(elements, window));
        }
    }

    private static @Nullable Span window(Pipeline pipeline) {
        long millis = ElementNeeds.windowOf(pipeline);
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within && within.window().millis() == millis) {
                return within.window();
            }
        }
        return null;
    }

    /** Returns the condition by which keys are selected first; null if all keys count. */
    private static @Nullable Expression firstCondition(Expression whole) {
        if (whole instanceof Expression.Reduce reduce) {
            return firstCondition(reduce.list());
        }
        if (!(whole instanceof Comprehension loop)) {
            return null;
        }
        if (!(loop.range() instanceof Expression.ByKey)) {
            return firstCondition(loop.range());
        }
        boolean selects = loop.kind() == Kind.EXISTS || loop.kind() == Kind.FILTER;
        return selects ? loop.lambda().body() : null;
    }
}
