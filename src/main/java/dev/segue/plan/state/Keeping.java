// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a plan keeps in one aggregate, for comparison with what another plan keeps under the same id.
 *
 * @param retention null if the elements are not kept one by one
 * @param parts the fields or values that are kept of each element
 * @param groups what is kept in each group, by the id of the inner aggregate
 */
public record Keeping(@Nullable Retention retention, Set<String> parts, Map<Integer, Keeping> groups) {
    public Keeping {
        parts = Set.copyOf(parts);
        groups = Map.copyOf(groups);
    }

    /** Returns whether everything that the other keeps is kept. */
    public boolean covers(Keeping other) {
        return coversTime(other) && parts.containsAll(other.parts) && covers(groups, other.groups);
    }

    private boolean coversTime(Keeping other) {
        if (retention == null || other.retention == null) {
            return retention == null && other.retention == null;
        }
        return retention.union(other.retention).equals(retention);
    }

    /**
     * Returns how far back the data reaches, in milliseconds; {@link Retention#FOREVER} if nothing is ever dropped, as in
     * the cart, the profile and totals.
     */
    public long reach() {
        return retention == null || retention.oldest() > 0 || retention.unique()
                ? Retention.FOREVER
                : Math.max(retention.allWithin(), retention.latestWithin());
    }

    /** Returns whether, at an instant, nothing is kept from before another one, in milliseconds since the epoch. */
    public boolean isWithin(long now, long since) {
        return reach() != Retention.FOREVER && now - reach() >= since;
    }

    /** Returns whether everything that other aggregates keep is kept, by the aggregates' ids. */
    public static boolean covers(Map<Integer, Keeping> kept, Map<Integer, Keeping> others) {
        return others.entrySet().stream().allMatch(other -> covers(kept, other.getKey(), other.getValue()));
    }

    private static boolean covers(Map<Integer, Keeping> kept, int id, Keeping other) {
        Keeping known = kept.get(id);
        return known != null && known.covers(other);
    }
}
