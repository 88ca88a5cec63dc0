// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.event.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The change since which the two sets disagree on a customer and a segment. Kept for a limited number of customers per
 * segment, because only ten are shown.
 */
final class Divergences {
    private static final int MOST = 1000;

    private final List<Map<String, Divergence>> bySegment = new ArrayList<>();

    /**
     * The latest change of a customer on whom the sets disagree.
     *
     * @param ofNewSet true if the new set yielded it
     */
    record Divergence(Change change, boolean ofNewSet) {}

    Divergences(int segments) {
        for (int position = 0; position < segments; position++) {
            bySegment.add(new HashMap<>());
        }
    }

    void put(int segment, Divergence divergence) {
        Map<String, Divergence> known = bySegment.get(segment);
        String customer = divergence.change().customerId();
        if (known.size() < MOST || known.containsKey(customer)) {
            known.put(customer, divergence);
        }
    }

    void remove(int segment, String customer) {
        bySegment.get(segment).remove(customer);
    }

    void removeAll(String customer) {
        bySegment.forEach(known -> known.remove(customer));
    }

    @Nullable
    Divergence find(int segment, String customer) {
        return bySegment.get(segment).get(customer);
    }
}
