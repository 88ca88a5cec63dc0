// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.plan.expression.Aggregate;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.CartAggregate;
import dev.segue.plan.expression.KeptElement;
import dev.segue.plan.expression.KeyedAggregate;
import dev.segue.plan.expression.LedgerAggregate;
import dev.segue.plan.expression.Node;
import dev.segue.plan.expression.ProfileAggregate;
import dev.segue.plan.expression.SeriesAggregate;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Ledger;
import dev.segue.plan.state.Retention;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Describes for people what an aggregate stores of one stream for every customer.
 *
 * @param stream the event type, {@code activity}, {@code cart}, {@code orders} or {@code profile}
 * @param conditions the conditions that an element must meet, as expressions over the element {@code $}
 * @param values what is stored of each element beside its time, as expressions over {@code $}; for groups, the key
 * @param fields the fields stored of each element; {@code products.x} means x of each product line
 * @param retained which elements are stored
 * @param perGroup for groups, the aggregates of each group; otherwise empty
 * @param eventTypes the event types that can change it
 * @param readers the names of the definitions that share it
 */
public record AggregateDescription(
        Kind kind,
        String stream,
        List<String> conditions,
        List<String> values,
        List<String> fields,
        Retained retained,
        List<AggregateDescription> perGroup,
        SortedSet<String> eventTypes,
        SortedSet<String> readers) {
    private static final long BYTES_OF_TIME = 4;
    private static final long BYTES_OF_VALUE = 10;
    private static final long BYTES_OF_NUMBER = 4;
    /** Neighbours often share a value of a column, such as the hour or the city. */
    private static final long BYTES_OF_SHARED = 1;

    private static final long BYTES_OF_NAME = 12;
    /** The number of elements that a group is assumed to have. */
    private static final long ELEMENTS_OF_GROUP = 2;

    /** The form in which an aggregate is stored. */
    public enum Kind {
        /** The number of all elements so far, and the sum of a value. */
        TOTAL,
        /** The times of elements and, if needed, a value of each. */
        SERIES,
        /** A set of aggregates for each value of a key. */
        GROUPS,
        /** The changes of the cart since the last order. */
        CART,
        /** Orders and their refunds. */
        ORDERS,
        /** The latest stated value of each field. */
        PROFILE
    }

    /**
     * Which elements are stored: those that match at least one component. Durations are in milliseconds; {@link
     * #FOREVER} means no limit.
     *
     * @param allWithin all elements younger than this; 0 for none
     * @param latest number of the latest elements, as long as they are younger than {@code latestWithin}
     * @param oldest number of the oldest elements
     * @param distinct whether only the latest of equal values is stored
     * @param atMost upper limit of stored elements
     */
    public record Retained(long allWithin, int latest, long latestWithin, int oldest, boolean distinct, int atMost) {
        /** No limit in time. */
        public static final long FOREVER = Retention.FOREVER;

        static final Retained ALL = new Retained(FOREVER, 0, 0, 0, false, Integer.MAX_VALUE);

        static Retained of(Retention retention) {
            return new Retained(
                    retention.allWithin(),
                    retention.latest(),
                    retention.latestWithin(),
                    retention.oldest(),
                    retention.unique(),
                    Retention.CAP);
        }

        /** Returns how many of {@code elements} elements are stored, if all of them are young enough. */
        public long of(long elements) {
            long kept = allWithin > 0 ? elements : Math.min(elements, (long) latest + oldest);
            return Math.min(kept, atMost);
        }
    }

    static AggregateDescription of(Aggregate aggregate, IntFunction<List<String>> wordsOf, SortedSet<String> readers) {
        if (aggregate instanceof CartAggregate cart) {
            return plain(aggregate, Kind.CART, "cart", cart.details(), Retained.ALL, readers);
        }
        if (aggregate instanceof ProfileAggregate) {
            return plain(aggregate, Kind.PROFILE, "profile", List.of(), Retained.ALL, readers);
        }
        if (aggregate instanceof LedgerAggregate ledger) {
            return ofOrders(ledger, readers);
        }
        List<String> words = wordsOf.apply(aggregate.id());
        return new AggregateDescription(
                kind(aggregate),
                words.get(0),
                written(words, AggregateNeeds.FILTER),
                fields(aggregate).isEmpty() ? values(aggregate, words) : List.of(),
                fields(aggregate),
                retained(aggregate),
                perGroup(aggregate, wordsOf, readers),
                new TreeSet<>(aggregate.eventTypes()),
                readers);
    }

    private static Kind kind(Aggregate aggregate) {
        if (aggregate instanceof KeyedAggregate) {
            return Kind.GROUPS;
        }
        return aggregate instanceof SeriesAggregate ? Kind.SERIES : Kind.TOTAL;
    }

    private static Retained retained(Aggregate aggregate) {
        if (aggregate instanceof KeyedAggregate groups) {
            return new Retained(groups.window(), 0, 0, 0, false, Keyed.CAP);
        }
        return aggregate instanceof SeriesAggregate series ? Retained.of(series.retention()) : Retained.ALL;
    }

    private static List<AggregateDescription> perGroup(
            Aggregate aggregate, IntFunction<List<String>> wordsOf, SortedSet<String> readers) {
        return aggregate instanceof KeyedAggregate groups
                ? groups.inner().stream()
                        .map(inner -> of(inner, wordsOf, readers))
                        .toList()
                : List.of();
    }

    private static List<String> values(Aggregate aggregate, List<String> words) {
        return aggregate instanceof SeriesAggregate series
                ? series.values().stream().map(SeriesAggregate.Value::text).toList()
                : written(words, AggregateNeeds.VALUE);
    }

    private static List<String> fields(Aggregate aggregate) {
        if (!(aggregate instanceof SeriesAggregate series) || series.values().size() != 1) {
            return List.of();
        }
        Node value = series.values().get(0).value();
        if (value instanceof KeptElement.Marked marked) {
            return marked.first().names();
        }
        return value instanceof KeptElement element ? element.names() : List.of();
    }

    private static AggregateDescription ofOrders(LedgerAggregate ledger, SortedSet<String> readers) {
        Retained retained = new Retained(ledger.window(), 0, 0, 0, false, Ledger.CAP);
        return plain(ledger, Kind.ORDERS, "orders", ledger.reader().kept(), retained, readers);
    }

    private static AggregateDescription plain(
            Aggregate aggregate,
            Kind kind,
            String stream,
            List<String> fields,
            Retained retained,
            SortedSet<String> readers) {
        return new AggregateDescription(
                kind,
                stream,
                List.of(),
                List.of(),
                List.copyOf(fields),
                retained,
                List.of(),
                new TreeSet<>(aggregate.eventTypes()),
                readers);
    }

    private static List<String> written(List<String> words, String prefix) {
        return words.stream()
                .filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .toList();
    }

    /**
     * Estimates its size in a stored state, in bytes.
     *
     * @param elements number of stored times, groups, steps, orders or fields, at least 1
     */
    public long bytes(long elements) {
        // Four bytes for its id, one for its form, one or two for its length.
        long fixed = 6L + (kind == Kind.TOTAL ? BYTES_OF_NUMBER : 0);
        fixed += kind == Kind.CART ? BYTES_OF_NAME * fields.size() : 0;
        return fixed + elements * bytesOfOne();
    }

    private long bytesOfOne() {
        return switch (kind) {
            case TOTAL -> 0; // Its count and sum are part of the fixed size.
            case SERIES ->
                BYTES_OF_TIME
                        + BYTES_OF_VALUE * fields.size()
                        + (values.size() == 1 ? BYTES_OF_VALUE : BYTES_OF_SHARED * values.size());
            case GROUPS ->
                BYTES_OF_VALUE
                        + 2 * BYTES_OF_TIME
                        + perGroup.stream()
                                .mapToLong(inner -> inner.bytes(inner.retained.of(ELEMENTS_OF_GROUP)))
                                .sum();
            case CART -> BYTES_OF_TIME + BYTES_OF_VALUE + 4 + BYTES_OF_VALUE * fields.size();
            case ORDERS -> BYTES_OF_TIME + BYTES_OF_VALUE + BYTES_OF_NUMBER + BYTES_OF_VALUE * fields.size();
            case PROFILE -> BYTES_OF_NAME + BYTES_OF_TIME + BYTES_OF_VALUE;
        };
    }
}
