// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import com.google.common.hash.Hashing;
import dev.segue.definition.language.Streams;
import dev.segue.event.EventType;
import dev.segue.event.Vocabulary;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Retention;
import dev.segue.plan.state.Zones;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the aggregates that definitions need while they compile. Readings of the same stream, filter and value share
 * one aggregate, which satisfies the union of their needs, such as the longest window.
 */
public final class AggregateNeeds {
    private static final String CART_KEY = "cart";
    private static final String PROFILE_KEY = "profile";
    private static final String ORDERS_KEY = "orders";
    private static final String ELEMENTS = "elements";

    private final Vocabulary vocabulary;
    private final Streams streams;
    private final Zones zones;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final String prefix;
    private final boolean capped;
    private final Map<Integer, String> keys;
    private final Map<String, KeyedNeed> keyed = new LinkedHashMap<>();
    private final Map<String, OrdersNeed> ofOrders = new HashMap<>();
    private final Set<String> cartDetails = new TreeSet<>();
    private final Map<String, Set<String>> elementFields = new HashMap<>();
    private final Set<String> orderFields = new TreeSet<>();
    private @Nullable Set<String> itemFields;
    private long ordersWindow;

    public AggregateNeeds(Vocabulary vocabulary, Streams streams, Zones zones) {
        this(vocabulary, streams, zones, "", true, new HashMap<>());
    }

    /** @param capped whether limits apply; false if the aggregates are not stored */
    private AggregateNeeds(
            Vocabulary vocabulary,
            Streams streams,
            Zones zones,
            String prefix,
            boolean capped,
            Map<Integer, String> keys) {
        this.capped = capped;
        this.vocabulary = vocabulary;
        this.streams = streams;
        this.zones = zones;
        this.prefix = prefix;
        this.keys = keys;
    }

    Zones zones() {
        return zones;
    }

    /**
     * What a series or total keeps of a source.
     *
     * @param source the stream's name
     * @param filters compiled conditions on one element
     * @param value the value that is kept of an element; null for its time only
     * @param words the source, then canonical texts of filters and value: equal if the meaning is equal
     */
    record Kept(String source, List<Node> filters, @Nullable Node value, List<String> words) {
        String text() {
            return String.join("|", words);
        }

        /** Returns this with one more condition. */
        Kept with(Node filter, String word) {
            List<Node> moreFilters = new ArrayList<>(filters);
            moreFilters.add(filter);
            List<String> moreWords = new ArrayList<>(words);
            moreWords.add(word);
            return new Kept(source, List.copyOf(moreFilters), value, List.copyOf(moreWords));
        }
    }

    /**
     * The aggregates that are needed of the groups of a stream.
     *
     * @param id of the aggregate that holds the groups
     * @param inner collects the aggregates of each group
     */
    record KeyedNeed(int id, AggregateNeeds inner) {}

    /**
     * The aggregates that are derived from the effective orders, or from their product lines.
     *
     * @param inner collects the aggregates that definitions need of them
     */
    record OrdersNeed(OrderCounts counts, AggregateNeeds inner) {}

    private record Entry(int id, Kept kept, @Nullable Retention retention) {
        static Entry of(int id) {
            return new Entry(id, new Kept("", List.of(), null, List.of()), null);
        }
    }

    /** Returns the id of a series that keeps at least {@code wanted}. */
    int series(Kept kept, Retention wanted) {
        Retention need = capped ? wanted : wanted.uncapped();
        String key = kept.text() + (need.unique() ? "|distinct" : "|series");
        Entry known = entries.get(key);
        Retention retention = known == null || known.retention() == null
                ? need
                : known.retention().union(need);
        int id = known == null ? newId(key) : known.id();
        entries.put(key, new Entry(id, kept, retention));
        return id;
    }

    /** Returns the id of a total. */
    int total(Kept kept) {
        String key = kept.text() + "|total";
        return entries.computeIfAbsent(key, absent -> new Entry(newId(absent), kept, null))
                .id();
    }

    /**
     * Returns the groups of a stream by key, each with its own aggregates.
     *
     * @param kept with the key as its value
     * @param window groups whose elements are all older are no longer needed, in milliseconds
     */
    KeyedNeed keyed(Kept kept, long window) {
        String key = kept.text() + "|groups";
        Entry known = entries.get(key);
        Retention need = Retention.all(window);
        int id = known == null ? newId(key) : known.id();
        Retention retention = known == null || known.retention() == null
                ? need
                : known.retention().union(need);
        entries.put(key, new Entry(id, kept, retention));
        return keyed.computeIfAbsent(
                key,
                absent -> new KeyedNeed(
                        id, new AggregateNeeds(vocabulary, streams, zones, prefix + absent + "|", capped, keys)));
    }

    /** Returns the id of the cart, which also stores these fields of its lines. */
    int cart(Set<String> fields) {
        cartDetails.addAll(fields);
        cartDetails.removeAll(List.of("product_id", "variant", "sku", "quantity", "time"));
        return named(CART_KEY);
    }

    /** Returns the id of the profile. */
    int profile() {
        return named(PROFILE_KEY);
    }

    /** Returns the id of the orders, which store these fields of orders or product lines for at least the window. */
    int orders(Set<String> fields, boolean items, long window) {
        if (items) {
            itemFields = itemFields == null ? new TreeSet<>() : itemFields;
            itemFields.addAll(fields);
        } else {
            orderFields.addAll(fields);
        }
        ordersWindow = Math.max(ordersWindow, window);
        return named(ORDERS_KEY);
    }

    /** Returns the aggregates of the effective orders, or of their product lines. */
    OrdersNeed ofOrders(boolean items) {
        return ofOrders.computeIfAbsent(items ? Streams.ITEM_BOUGHT : Streams.PURCHASE, source -> {
            AggregateNeeds inner = new AggregateNeeds(vocabulary, streams, zones, prefix + source + "|", false, keys);
            return new OrdersNeed(new OrderCounts(items, inner::build), inner);
        });
    }

    /** Returns the id of the elements of a stream, which are stored with these fields for at least the window. */
    int elements(String source, Set<String> fields, long window) {
        elementFields.computeIfAbsent(source, absent -> new TreeSet<>()).addAll(fields);
        return series(new Kept(source, List.of(), null, List.of(source, ELEMENTS)), Retention.all(window));
    }

    private int named(String key) {
        return entries.computeIfAbsent(key, absent -> Entry.of(newId(absent))).id();
    }

    /** Builds all aggregates. */
    public List<Aggregate> build() {
        List<Aggregate> aggregates = new ArrayList<>();
        entries.forEach((key, entry) -> aggregates.add(build(key, entry)));
        return aggregates;
    }

    private Aggregate build(String key, Entry entry) {
        int id = entry.id();
        switch (key) {
            case CART_KEY -> {
                return new CartAggregate(id, List.copyOf(cartDetails));
            }
            case PROFILE_KEY -> {
                return new ProfileAggregate(id, streams.profile());
            }
            case ORDERS_KEY -> {
                OrderReader reader = new OrderReader(orderFields, itemFields, zones);
                return new LedgerAggregate(id, ordersWindow, reader, counters());
            }
            default -> {
                KeyedNeed groups = keyed.get(key);
                return groups != null ? ofGroups(entry, groups.inner()) : ofEvents(id, entry.kept(), entry.retention());
            }
        }
    }

    private List<OrderCounts> counters() {
        return ofOrders.values().stream().map(OrdersNeed::counts).toList();
    }

    private Aggregate ofGroups(Entry entry, AggregateNeeds inner) {
        Kept kept = entry.kept();
        Node key = Objects.requireNonNull(kept.value());
        long window = Objects.requireNonNull(entry.retention()).allWithin();
        return new KeyedAggregate(
                entry.id(),
                types(kept.source()),
                kept.filters(),
                key,
                window,
                capped ? Keyed.CAP : Integer.MAX_VALUE,
                inner.build());
    }

    private Aggregate ofEvents(int id, Kept kept, @Nullable Retention retention) {
        Set<String> types = types(kept.source());
        if (retention == null) {
            return new TotalAggregate(id, types, kept.filters(), kept.value());
        }
        Set<String> fields = kept.words().contains(ELEMENTS) ? elementFields.get(kept.source()) : null;
        Node value = fields == null ? kept.value() : new KeptElement(List.copyOf(fields), zones);
        return new SeriesAggregate(id, types, kept.filters(), value, retention);
    }

    /** Returns the ids of all aggregates, without those inside groups. */
    Set<Integer> ids() {
        return entries.values().stream().map(Entry::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the canonical texts of an aggregate; none for the cart, the profile and the orders. */
    public List<String> words(int id) {
        for (Entry entry : entries.values()) {
            if (entry.id() == id) {
                return entry.kept().words();
            }
        }
        return keyed.values().stream()
                .flatMap(groups -> groups.inner().words(id).stream())
                .toList();
    }

    /** Returns the cart's id if a definition reads the cart; otherwise null. */
    @Nullable
    public Integer cartId() {
        Entry cart = entries.get(CART_KEY);
        return cart == null ? null : cart.id();
    }

    private Set<String> types(String source) {
        if (!source.equals(Streams.ACTIVITY)) {
            return Set.of(source);
        }
        return vocabulary.types().stream()
                .filter(EventType::activity)
                .map(EventType::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the profile's id if a definition reads the profile; otherwise null. */
    @Nullable
    public Integer profileId() {
        Entry profile = entries.get(PROFILE_KEY);
        return profile == null ? null : profile.id();
    }

    private int newId(String unprefixed) {
        String key = prefix + unprefixed;
        int id = hash(key);
        String other = keys.putIfAbsent(id, key);
        if (other != null) {
            // The probability is one in 2³² per pair. Silently mixing two histories would be far worse than failing.
            throw new IllegalArgumentException("'" + key + "' and '" + other
                    + "' have the same id in stored state; write one of them differently");
        }
        return id;
    }

    /** Returns the first four bytes of the key's SHA-256. */
    private static int hash(String key) {
        byte[] hash = Hashing.sha256().hashString(key, StandardCharsets.UTF_8).asBytes();
        return ByteBuffer.wrap(hash).getInt();
    }
}
