package dev.segue.plan;

import dev.segue.definition.Reduction;
import dev.segue.event.Evidence;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of the lines of the cart, taken from the cart itself: it is small, and lines change as well as come.
 *
 * @param line what a line looks like to the language
 * @param filters which lines
 * @param projection what is taken of each; null for the lines themselves
 */
record CartReading(
        int aggregate,
        RecordType line,
        List<CartFilter> filters,
        @Nullable Node projection,
        Reduction reduction,
        Object zero,
        String text)
        implements Counting {

    /** Which lines a reading sees. */
    interface CartFilter {
        boolean test(CartLog.CartLine line, Frame frame);

        /** When the answer for this line changes by itself. */
        default long stableUntil(CartLog.CartLine line, Frame frame) {
            return CustomerState.NEVER;
        }

        /** Names the aggregates that the answer depends on, beside the cart. */
        default void forEachAggregate(IntConsumer action) {}
    }

    /** Lines that changed after now minus the window. */
    record Within(long window) implements CartFilter {
        @Override
        public boolean test(CartLog.CartLine line, Frame frame) {
            return line.time() > frame.now() - window;
        }

        @Override
        public long stableUntil(CartLog.CartLine line, Frame frame) {
            return line.time() > frame.now() - window ? line.time() + window : CustomerState.NEVER;
        }
    }

    /** Lines that last changed at or before now minus the age. */
    record Before(long age) implements CartFilter {
        @Override
        public boolean test(CartLog.CartLine line, Frame frame) {
            return line.time() <= frame.now() - age;
        }

        @Override
        public long stableUntil(CartLog.CartLine line, Frame frame) {
            return line.time() > frame.now() - age ? line.time() + age : CustomerState.NEVER;
        }
    }

    /** Lines that changed after the latest element of a stream. */
    record After(SeriesView other) implements CartFilter {
        @Override
        public boolean test(CartLog.CartLine line, Frame frame) {
            return line.time() > other.latestTime(frame);
        }

        @Override
        public long stableUntil(CartLog.CartLine line, Frame frame) {
            return other.stableUntil(frame, Integer.MAX_VALUE);
        }

        @Override
        public void forEachAggregate(IntConsumer action) {
            other.forEachAggregate(action);
        }
    }

    /** Lines for which a condition on the line as the frame's element holds. */
    record Matching(Node condition) implements CartFilter {
        @Override
        public boolean test(CartLog.CartLine line, Frame frame) {
            return condition.test(frame);
        }
    }

    private List<CartLog.CartLine> lines(Frame frame) {
        return frame.state().find(aggregate) instanceof CartLog log ? log.lines() : List.of();
    }

    @Override
    public Object value(Frame frame) {
        if (projection == null && reduction == Reduction.COUNT) {
            return count(frame);
        }
        List<Object> values = new ArrayList<>();
        for (CartLog.CartLine cartLine : lines(frame)) {
            if (seen(cartLine, frame)) {
                Fields fields = fields(cartLine, frame);
                frame.setElement(0, fields);
                values.add(projection == null ? fields : projection.value(frame));
            }
        }
        return Reductions.reduce(reduction, values, zero);
    }

    private boolean seen(CartLog.CartLine cartLine, Frame frame) {
        for (CartFilter filter : filters) {
            if (filter instanceof Matching) {
                frame.setElement(0, fields(cartLine, frame));
            }
            if (!filter.test(cartLine, frame)) {
                return false;
            }
        }
        return true;
    }

    private Fields fields(CartLog.CartLine cartLine, Frame frame) {
        Object[] values = new Object[line.fields().size()];
        set(values, "product_id", cartLine.productId());
        set(values, "quantity", cartLine.quantity());
        set(values, "time", Instant.ofEpochMilli(cartLine.time()));
        List<String> names = ((CartLog) frame.state().find(aggregate)).details();
        for (int index = 0; index < cartLine.details().size(); index++) {
            set(values, names.get(index), cartLine.details().get(index));
        }
        return new Fields(line, values);
    }

    private void set(Object[] values, String name, @Nullable Object value) {
        int slot = line.slot(name);
        if (slot >= 0) {
            values[slot] = value;
        }
    }

    @Override
    public long count(Frame frame) {
        if (projection != null || reduction != Reduction.COUNT) {
            return (Long) value(frame);
        }
        long count = 0;
        for (CartLog.CartLine cartLine : lines(frame)) {
            if (seen(cartLine, frame)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = CustomerState.NEVER;
        for (CartLog.CartLine cartLine : lines(frame)) {
            for (CartFilter filter : filters) {
                until = Math.min(until, filter.stableUntil(cartLine, frame));
            }
        }
        return until;
    }

    @Override
    public long stableUntil(Frame frame, LongPredicate condition) {
        return stableUntil(frame);
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        action.accept(aggregate);
        filters.forEach(filter -> filter.forEachAggregate(action));
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }
}
