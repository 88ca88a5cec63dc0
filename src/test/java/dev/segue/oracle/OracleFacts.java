// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.collect.ImmutableList;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelMacro;
import dev.segue.event.Cause;
import dev.segue.event.ProductFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Everything that was ever published of products. {@code product(id)} is {@code @product(@facts, id, '')} and {@code
 * product(id, variant)} is {@code @product(@facts, id, variant)}, so that they depend on their arguments only.
 */
final class OracleFacts {
    static final String WRITTEN = "product";
    static final String FUNCTION = "@product";
    static final String LAUNCHED_WRITTEN = "launched";
    static final String LAUNCHED = "@launched";
    /** What is known at the instant of the evaluation. */
    static final String KNOWN = "@facts";

    /** The name of the type of {@code product(id)}. */
    static final String TYPE = ProductFacts.TYPE.name();

    /**
     * Facts may be the cause of a change, or a deadline or cuts of the same instant: that depends on what the engine had to ask
     * to evaluate the definition the last time, and the oracle asks everything.
     */
    static final Cause PERHAPS = new Cause(Cause.Kind.PRODUCT, "perhaps", null);

    private final Map<String, List<Version>> versions = new HashMap<>();
    private final NavigableSet<Long> instants = new TreeSet<>();

    /**
     * @param values by field, in CEL's classes; none if the product, or the variant, is not known any more
     * @param variants the same of each variant
     */
    private record Version(long at, Map<String, Object> values, Map<String, Map<String, Object>> variants) {
        boolean isSoldOut() {
            return values.get("stock") instanceof Long pieces && pieces == 0;
        }

        boolean isInStock() {
            return values.get("stock") instanceof Long pieces && pieces > 0;
        }

        boolean isWithdrawn() {
            return values.isEmpty() && variants.values().stream().allMatch(Map::isEmpty);
        }

        /** What this says of a variant alone. */
        Version of(String variant) {
            return new Version(at, variants.getOrDefault(variant, Map.of()), Map.of());
        }
    }

    /** All facts, as they are known at an instant. */
    record Known(OracleFacts facts, Instant now) {
        Element of(String product, String variant, StructType type) {
            Map<String, Object> known = facts.at(product, now.toEpochMilli());
            Map<String, Object> own = facts.ofVariant(product, variant, now.toEpochMilli());
            if (own.containsKey("stock")) {
                // When it was sold out follows from its own stock, even if that was never 0.
                known.keySet().removeAll(Set.of("sold_out_at", "restocked_at"));
            }
            known.putAll(own);
            return new Element(type, known);
        }

        /** @param due receives the instants at which time alone adds a product or takes one away */
        List<String> launched(String category, String window, LongConsumer due) {
            long length = Instants.millis(window);
            TreeMap<Long, TreeSet<String>> found = new TreeMap<>(Comparator.reverseOrder());
            for (String product : category.isEmpty() ? Set.<String>of() : facts.versions.keySet()) {
                Map<String, Object> known = facts.at(product, now.toEpochMilli());
                if (category.equals(known.get("category")) && known.get("launched_at") instanceof Instant date) {
                    long at = date.toEpochMilli();
                    due.accept(at);
                    due.accept(at + length);
                    if (at <= now.toEpochMilli() && at + length > now.toEpochMilli()) {
                        found.computeIfAbsent(at, absent -> new TreeSet<>()).add(product);
                    }
                }
            }
            return found.values().stream().flatMap(Set::stream).toList();
        }
    }

    static List<CelMacro> macros() {
        return List.of(ofProduct(1), ofProduct(2), ofLaunches());
    }

    private static CelMacro ofLaunches() {
        return CelMacro.newGlobalMacro(
                LAUNCHED_WRITTEN,
                2,
                (factory, target, arguments) -> Optional.of(factory.newGlobalCall(
                        LAUNCHED, ImmutableList.of(factory.newIdentifier(KNOWN), arguments.get(0), arguments.get(1)))));
    }

    private static CelMacro ofProduct(int size) {
        return CelMacro.newGlobalMacro(
                WRITTEN,
                size,
                (factory, target, arguments) -> Optional.of(factory.newGlobalCall(
                        FUNCTION,
                        ImmutableList.of(
                                factory.newIdentifier(KNOWN),
                                arguments.get(0),
                                size == 2 ? arguments.get(1) : factory.newStringLiteral("")))));
    }

    /** @param at not before that of anything published earlier, in milliseconds since the epoch */
    void add(String product, long at, Map<String, Object> values, Map<String, Map<String, Object>> variants) {
        versions.computeIfAbsent(product, absent -> new ArrayList<>()).add(new Version(at, values, variants));
        instants.add(at);
    }

    /** The instants at which any facts become valid, in milliseconds since the epoch. */
    NavigableSet<Long> instants() {
        return instants;
    }

    private Map<String, Object> at(String product, long now) {
        return known(past(product, now));
    }

    /** What is known of a variant alone. When a record leaves out its stock, what was known of it is forgotten. */
    private Map<String, Object> ofVariant(String product, String variant, long now) {
        List<Version> past = new ArrayList<>();
        for (Version version : past(product, now)) {
            Version own = version.of(variant);
            if (!own.values().containsKey("stock")) {
                past.clear();
            }
            past.add(own);
        }
        return known(past);
    }

    /** What was said of a product since it was last withdrawn. */
    private List<Version> past(String product, long now) {
        List<Version> past = new ArrayList<>();
        for (Version version : product.isEmpty() ? List.<Version>of() : versions.getOrDefault(product, List.of())) {
            if (version.at() <= now && version.isWithdrawn()) {
                past.clear(); // Nothing is known any more of what was withdrawn.
            } else if (version.at() <= now) {
                past.add(version);
            }
        }
        return past;
    }

    private static Map<String, Object> known(List<Version> past) {
        Map<String, Object> known = new TreeMap<>();
        for (int index = 0; index < past.size(); index++) {
            Version version = past.get(index);
            boolean wasSoldOut = index > 0 && past.get(index - 1).isSoldOut();
            if (version.isSoldOut() && !wasSoldOut) {
                known.put("sold_out_at", Instant.ofEpochMilli(version.at()));
            }
            if (version.isInStock() && wasSoldOut) {
                known.put("restocked_at", Instant.ofEpochMilli(version.at()));
            }
        }
        if (!past.isEmpty()) {
            known.putAll(past.get(past.size() - 1).values());
        }
        return known;
    }
}
