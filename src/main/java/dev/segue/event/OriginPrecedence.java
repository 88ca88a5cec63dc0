// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order in which origins prevail: of two values of a profile field, that of the earlier origin is read, whichever
 * was stated later.
 *
 * @param order every origin once, the one that prevails first
 */
public record OriginPrecedence(List<Origin> order) {
    private static final OriginPrecedence USUAL = new OriginPrecedence(List.of(Origin.values()));

    /** @throws IllegalArgumentException if an origin is missing or given twice */
    public OriginPrecedence {
        order = List.copyOf(order);
        if (order.size() != Origin.values().length || !order.containsAll(List.of(Origin.values()))) {
            throw new IllegalArgumentException("origins must name each of " + String.join(", ", Origin.WORDS)
                    + " once, the one that prevails first");
        }
    }

    /** Stated, observed, partner, bought. */
    public static OriginPrecedence usual() {
        return USUAL;
    }

    /**
     * Reads the words of origins.
     *
     * @throws IllegalArgumentException if a word is unknown, an origin is missing or given twice
     */
    public static OriginPrecedence of(List<String> words) {
        List<Origin> order = new ArrayList<>();
        for (String word : words) {
            Optional<Origin> origin = Origin.of(word);
            if (origin.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + word + "' is not an origin." + Shown.didYouMean(word, Origin.WORDS));
            }
            order.add(origin.get());
        }
        return new OriginPrecedence(order);
    }

    /** The words, in order. */
    public List<String> words() {
        return order.stream().map(Origin::word).toList();
    }
}
