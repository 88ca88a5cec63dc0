// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import com.google.common.hash.Hashing;
import dev.segue.definition.language.Streams;
import dev.segue.event.EventType;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.Vocabulary;
import dev.segue.plan.state.Keeping;
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
    private static final int CUSTOMER_IDS = hash("customer ids");
    private static final String ELEMENTS = "elements";
    /** Before the canonical texts of conditions and values. */
    public static final String FILTER = "filter ";

    public static final String VALUE = "value ";

    private final Vocabulary vocabulary;
    private final Streams streams;
    private final Zones zones;
    private final OriginPrecedence precedence;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final String prefix;
    private final boolean capped;
    private final Map<Integer, String> keys;
    private final Map<String, KeyedNeed> keyed = new LinkedHashMap<>();
    private final Map<String, OrdersNeed> ofOrders = new HashMap<>();
    private final Set<String> cartDetails = new TreeSet<>();
    private final Map<String, Set<String>> elementFields = new HashMap<>();
    private final Map<String, MarkedNeed> marked = new HashMap<>();
    private final Set<String> orderFields = new TreeSet<>();
    private @Nullable Set<String> itemFields;
    private long ordersWindow;

    public AggregateNeeds(Vocabulary vocabulary, Streams streams, Zones zones, OriginPrecedence precedence) {
        this(
                vocabulary,
                streams,
                zones,
                precedence,
                "",
                true,
                new HashMap<>(Map.of(customerIds(), "the customer's ids")));
    }

    /** Returns what stands for the customer's ids among the ids of the aggregates that a definition reads. */
    public static int customerIds() {
        return CUSTOMER_IDS;
    }

    /** @param capped whether limits apply; false if the aggregates are not stored */
    private AggregateNeeds(
            Vocabulary vocabulary,
            Streams streams,
            Zones zones,
            OriginPrecedence precedence,
            String prefix,
            boolean capped,
            Map<Integer, String> keys) {
        this.capped = capped;
        this.vocabulary = vocabulary;
        this.streams = streams;
        this.zones = zones;
        this.precedence = precedence;
        this.prefix = prefix;
        this.keys = keys;
    }

    public Zones zones() {
        return zones;
    }

    OriginPrecedence precedence() {
        return precedence;
    }

    /**
     * What a series or total keeps of a source.
     *
     * @param source the stream's name
     * @param filters compiled conditions on one element
     * @param present the number of filters, among the last ones, that only exclude elements without the value
     * @param value the value that is kept of an element; null for its time only
     * @param words the source, then canonical texts of filters and value: equal if the meaning is equal
     * @param shared whether one series can keep this together with other values of the same elements
     */
    record Kept(
            String source,
            List<Node> filters,
            int present,
            @Nullable Node value,
            List<String> words,
            boolean shared) {
        /** Returns what is kept of all elements of a source, as times only. */
        static Kept all(String source, List<String> words) {
            return new Kept(source, List.of(), 0, null, words, false);
        }

        String text() {
            return String.join("|", words);
        }

        /** Returns the stream and its conditions for people. */
        private String written() {
            List<String> conditions = words.stream()
                    .filter(word -> word.startsWith(FILTER))
                    .map(word -> word.substring(FILTER.length()).replace("$.", ""))
                    .toList();
            return source + (conditions.isEmpty() ? "" : " where " + String.join(" && ", conditions));
        }

        /** Returns this with every condition on the elements of the whole series. */
        private Kept alone() {
            return new Kept(source, filters, 0, value, words, false);
        }

        /** Returns the elements whose values can share a series. */
        private Kept elements() {
            int own = filters.size() - present;
            return new Kept(source, filters.subList(0, own), 0, null, words.subList(0, 1 + own), true);
        }

        /** Returns the column that keeps the value in a shared series. */
        private SeriesAggregate.Value column(int columnId) {
            return new SeriesAggregate.Value(
                    columnId,
                    filters.subList(filters.size() - present, filters.size()),
                    Objects.requireNonNull(value),
                    words.get(words.size() - 1).substring(VALUE.length()));
        }

        /** Returns this with one more condition. */
        Kept with(Node filter, String word) {
            List<Node> moreFilters = new ArrayList<>(filters);
            moreFilters.add(filter);
            List<String> moreWords = new ArrayList<>(words);
            moreWords.add(word);
            return new Kept(source, List.copyOf(moreFilters), 0, value, List.copyOf(moreWords), false);
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

    /**
     * The elements of a stream and of those that it is related to, in one series.
     *
     * @param streams the stream that is read first
     * @param fields what is stored of the elements that are read
     */
    private record MarkedNeed(List<Kept> streams, Set<String> fields) {}

    private record Entry(int id, Kept kept, @Nullable Retention retention, Map<String, SeriesAggregate.Value> columns) {
        static Entry of(int id) {
            return new Entry(id, Kept.all("", List.of()), null, Map.of());
        }
    }

    /**
     * The place of a value in stored state.
     *
     * @param id of the series
     * @param column of the value; {@link SeriesView#TIMES} if only the times are needed
     * @param columnId of the value; 0 if the series has no others
     */
    record Place(int id, int column, int columnId) {
        static Place ofTimes(int id) {
            return new Place(id, SeriesView.TIMES, 0);
        }
    }

    /**
     * Returns the place of a series that keeps at least {@code wanted}. Whole windows of the same elements share one
     * series, with a column for each value, because the times are most of a series.
     */
    Place series(Kept kept, Retention wanted) {
        Retention need = capped ? wanted : wanted.uncapped();
        if (kept.shared() && need.isWindow()) {
            return shared(kept, need);
        }
        String key = kept.text() + (need.unique() ? "|distinct" : "|series");
        Entry entry = entry(key, kept, need);
        if (kept.value() == null) {
            return Place.ofTimes(entry.id());
        }
        entry.columns().computeIfAbsent("", absent -> kept.alone().column(0));
        return new Place(entry.id(), 0, 0);
    }

    private Place shared(Kept kept, Retention need) {
        Kept elements = kept.elements();
        String key = elements.text() + "|columns";
        Entry entry = entry(key, elements, need);
        if (kept.value() == null) {
            return Place.ofTimes(entry.id());
        }
        String value = kept.text();
        int columnId = entry.columns()
                .computeIfAbsent(value, absent -> kept.column(newId(key + '|' + value)))
                .id();
        return new Place(entry.id(), List.copyOf(entry.columns().keySet()).indexOf(value), columnId);
    }

    private Entry entry(String key, Kept kept, Retention need) {
        Entry known = entries.get(key);
        Retention retention = known == null || known.retention() == null
                ? need
                : known.retention().union(need);
        Entry entry = known == null
                ? new Entry(newId(key), kept, retention, new LinkedHashMap<>())
                : new Entry(known.id(), kept, retention, known.columns());
        entries.put(key, entry);
        return entry;
    }

    /** Returns the id of a total. */
    int total(Kept kept) {
        String key = kept.text() + "|total";
        return entries.computeIfAbsent(key, absent -> new Entry(newId(absent), kept, null, Map.of()))
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
        int id = entry(key, kept, Retention.all(window)).id();
        return keyed.computeIfAbsent(
                key,
                absent -> new KeyedNeed(
                        id,
                        new AggregateNeeds(
                                vocabulary, streams, zones, precedence, prefix + absent + "|", capped, keys)));
    }

    /** Returns the id of the cart, which also stores these fields of its lines. */
    int cart(Set<String> fields) {
        cartDetails.addAll(KeptElement.whole(fields));
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
            itemFields.addAll(KeptElement.whole(fields));
        } else {
            orderFields.addAll(fields);
        }
        ordersWindow = Math.max(ordersWindow, window);
        return named(ORDERS_KEY);
    }

    /** Returns the aggregates of the effective orders, or of their product lines. */
    OrdersNeed ofOrders(boolean items) {
        return ofOrders.computeIfAbsent(items ? Streams.ITEM_BOUGHT : Streams.PURCHASE, source -> {
            AggregateNeeds inner =
                    new AggregateNeeds(vocabulary, streams, zones, precedence, prefix + source + "|", false, keys);
            return new OrdersNeed(new OrderCounts(items, inner::build), inner);
        });
    }

    /** Returns the id of the elements of a stream, which are stored with these fields for at least the window. */
    int elements(String source, Set<String> fields, long window) {
        elementFields.computeIfAbsent(source, absent -> new TreeSet<>()).addAll(fields);
        return series(Kept.all(source, List.of(source, ELEMENTS)), Retention.all(window))
                .id();
    }

    /**
     * Returns the id of the elements of a stream and of those that it is related to, in one series.
     *
     * @param streams the stream that is read first
     * @param fields what is read of its elements
     */
    int marked(List<Kept> streams, Set<String> fields, long window) {
        String text = streams.stream().map(Kept::text).collect(Collectors.joining("|and ")) + "|related";
        String words = streams.stream().map(Kept::written).collect(Collectors.joining(" and of "));
        Kept whole = Kept.all(streams.get(0).source(), List.of(words));
        marked.computeIfAbsent(text, absent -> new MarkedNeed(streams, new TreeSet<>()))
                .fields()
                .addAll(fields);
        Retention wanted = Retention.all(window);
        return entry(text, whole, capped ? wanted : wanted.uncapped()).id();
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
                MarkedNeed several = marked.get(key);
                return groups != null
                        ? ofGroups(entry, groups.inner())
                        : several != null ? ofSeveral(entry, several) : ofEvents(entry);
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

    private Aggregate ofSeveral(Entry entry, MarkedNeed need) {
        List<KeptElement.Marked.Stream> streams = need.streams().stream()
                .map(kept -> new KeptElement.Marked.Stream(types(kept.source()), kept.filters()))
                .toList();
        KeptElement first = new KeptElement(List.copyOf(need.fields()), zones);
        return new KeptElement.Marked(streams, first).series(entry.id(), Objects.requireNonNull(entry.retention()));
    }

    private Aggregate ofEvents(Entry entry) {
        Kept kept = entry.kept();
        Set<String> types = types(kept.source());
        if (entry.retention() == null) {
            return new TotalAggregate(entry.id(), types, kept.filters(), kept.value());
        }
        Set<String> fields = kept.words().contains(ELEMENTS) ? elementFields.get(kept.source()) : null;
        List<SeriesAggregate.Value> values = fields == null
                ? List.copyOf(entry.columns().values())
                : List.of(new SeriesAggregate.Value(0, List.of(), new KeptElement(List.copyOf(fields), zones), ""));
        return new SeriesAggregate(entry.id(), types, kept.filters(), values, entry.retention());
    }

    /** Returns the ids of all aggregates, without those inside groups. */
    Set<Integer> ids() {
        return entries.values().stream().map(Entry::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what is kept in each aggregate, by its id, without those inside groups. */
    public Map<Integer, Keeping> keeping() {
        Map<Integer, Keeping> keeping = new HashMap<>();
        entries.forEach((key, entry) -> keeping.put(entry.id(), keeping(key, entry)));
        return keeping;
    }

    private Keeping keeping(String key, Entry entry) {
        Set<String> parts = new TreeSet<>(entry.columns().keySet());
        Retention retention = entry.retention();
        if (key.equals(CART_KEY)) {
            parts.addAll(cartDetails);
        } else if (key.equals(ORDERS_KEY)) {
            parts.addAll(new OrderReader(orderFields, itemFields, zones).always());
            retention = Retention.all(ordersWindow);
        } else if (entry.kept().words().contains(ELEMENTS)) {
            parts.addAll(elementFields.getOrDefault(entry.kept().source(), Set.of()));
        }
        MarkedNeed several = marked.get(key);
        if (several != null) {
            parts.addAll(several.fields());
        }
        KeyedNeed groups = keyed.get(key);
        return new Keeping(
                retention, parts, groups == null ? Map.of() : groups.inner().keeping());
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
