// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.language.Expression.Lambda;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Selects elements of one stream.
 *
 * @param source a stream's name: an event type, {@code activity}, {@code cart}, {@code purchase}, {@code item_bought};
 *     the variable of a lambda over groups; or, in a lambda over {@code by_product} and the like, the variable and one
 *     of its streams, such as {@code p.product_viewed}
 * @param group whether the source is a variable of a lambda over groups
 * @param steps the steps that narrow the stream, in the order written
 */
public record Pipeline(String source, boolean group, List<Step> steps) {

    /** Returns the stream of an element of {@code by_product} and the like without its variable; otherwise the source. */
    public String stream() {
        return source.substring(source.indexOf('.') + 1);
    }

    /** Returns the variable of a lambda over groups with which this begins. */
    public String variable() {
        return isOfKey() ? source.substring(0, source.indexOf('.')) : source;
    }

    /** Returns whether this begins with a stream of an element of {@code by_product} and the like. */
    public boolean isOfKey() {
        return source.indexOf('.') >= 0;
    }

    /** Returns the source and steps as written. */
    public String text() {
        return source + steps.stream().map(step -> "." + step.text()).collect(Collectors.joining());
    }

    /** Returns this pipeline with only its first {@code count} steps. */
    public Pipeline first(int count) {
        return new Pipeline(source, group, steps.subList(0, count));
    }

    Pipeline with(Step step) {
        List<Step> longer = new java.util.ArrayList<>(steps);
        longer.add(step);
        return new Pipeline(source, group, List.copyOf(longer));
    }

    /** One narrowing of a stream. */
    public sealed interface Step {
        String text();
    }

    /** Elements for which the condition holds. It sees the element and constants only. */
    public record Filter(Lambda condition) implements Step {
        @Override
        public String text() {
            return "filter" + condition.text();
        }
    }

    /** Elements whose time is after now minus the window. */
    public record Within(Span window) implements Step {
        @Override
        public String text() {
            return "within('" + window.text() + "')";
        }
    }

    /** Elements whose time is at or before now minus the age. */
    public record Before(Span age) implements Step {
        @Override
        public String text() {
            return "before('" + age.text() + "')";
        }
    }

    /** The latest {@code count} elements. */
    public record Last(int count) implements Step {
        @Override
        public String text() {
            return "last(" + count + ")";
        }
    }

    /** Elements strictly later than the latest element of another stream; all elements if the other stream is empty. */
    public record After(Pipeline other) implements Step {
        @Override
        public String text() {
            return "after(" + other.text() + ")";
        }
    }

    /**
     * Relates each element to those of another stream, in order of (time, arrival): an element never precedes itself.
     * Like {@link Within}, it looks at single elements of its own stream.
     */
    public sealed interface Related extends Step {
        /** Returns the other stream, which has only {@link Filter} steps. */
        Pipeline other();

        /** Returns the longest time between the two elements. */
        Span gap();
    }

    /** Elements with an element of another stream before them, no longer ago than the gap. */
    public record Follows(Pipeline other, Span gap) implements Related {
        @Override
        public String text() {
            return "follows(" + other.text() + ", '" + gap.text() + "')";
        }
    }

    /**
     * Elements whose time is at or before now minus the gap, and that no element of another stream comes after less than
     * the gap later.
     */
    public record Unanswered(Pipeline other, Span gap) implements Related {
        @Override
        public String text() {
            return "unanswered(" + other.text() + ", '" + gap.text() + "')";
        }
    }
}
