package dev.segue.plan;

import dev.segue.event.EventType;
import dev.segue.event.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what all definitions need remembered, while they compile. Whoever asks for the same stream, filter and value
 * gets the same aggregate; what differs, such as the length of a window, is united.
 */
final class Aggregates {
    private static final String CART_KEY = "cart";

    private final Vocabulary vocabulary;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Integer, String> keys = new HashMap<>();
    private final Set<String> cartDetails = new TreeSet<>();

    Aggregates(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * What is kept of a source.
     *
     * @param source the stream's name
     * @param filters compiled conditions on one element
     * @param value what is kept of an element; null for its time only
     * @param text canonical text of filters and value: equal where the meaning is
     */
    record Kept(String source, List<Node> filters, @Nullable Node value, String text) {}

    private record Entry(int id, Kept kept, @Nullable Retention retention) {}

    /** The id of a series that keeps at least so much. */
    int series(Kept kept, Retention need) {
        String key = kept.text() + (need.unique() ? "|distinct" : "|series");
        Entry known = entries.get(key);
        Retention retention = known == null || known.retention() == null
                ? need
                : known.retention().union(need);
        int id = known == null ? newId(key) : known.id();
        entries.put(key, new Entry(id, kept, retention));
        return id;
    }

    /** The id of a total. */
    int total(Kept kept) {
        String key = kept.text() + "|total";
        return entries.computeIfAbsent(key, absent -> new Entry(newId(absent), kept, null))
                .id();
    }

    /** The id of the cart, which then remembers these fields of its lines too. */
    int cart(Set<String> fields) {
        cartDetails.addAll(fields);
        return entries.computeIfAbsent(
                        CART_KEY, absent -> new Entry(newId(absent), new Kept("cart", List.of(), null, ""), null))
                .id();
    }

    /** Everything that was asked for. */
    List<Aggregate> build() {
        List<Aggregate> aggregates = new ArrayList<>();
        entries.forEach((key, entry) -> {
            Kept kept = entry.kept();
            if (key.equals(CART_KEY)) {
                aggregates.add(new CartAggregate(entry.id(), List.copyOf(cartDetails)));
            } else if (entry.retention() == null) {
                aggregates.add(new TotalAggregate(entry.id(), types(kept.source()), kept.filters(), kept.value()));
            } else {
                aggregates.add(new SeriesAggregate(
                        entry.id(), types(kept.source()), kept.filters(), kept.value(), entry.retention()));
            }
        });
        return aggregates;
    }

    /** The cart's id where anybody asked for the cart; else null. */
    @Nullable
    Integer cartId() {
        Entry cart = entries.get(CART_KEY);
        return cart == null ? null : cart.id();
    }

    private Set<String> types(String source) {
        if (!source.equals("activity")) {
            return Set.of(source);
        }
        return vocabulary.types().stream()
                .filter(EventType::activity)
                .map(EventType::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private int newId(String key) {
        int id = hash(key);
        String other = keys.putIfAbsent(id, key);
        if (other != null) {
            // One in 2³² for each pair; a silent mix of two histories would be far worse than a refusal.
            throw new IllegalArgumentException("'" + key + "' and '" + other
                    + "' have the same id in stored state; write one of them another way");
        }
        return id;
    }

    /** The first four bytes of the key's SHA-256. */
    private static int hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getInt();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
