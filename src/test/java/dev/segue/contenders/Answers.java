// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Changes without their order: who entered or left which segment and when, and the memberships at the end. */
final class Answers {
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> inside = new HashSet<>();
    private int size;

    /** Adds the next change; those of one customer must be added in the order in which they were published. */
    void add(String customer, String segment, String kind, long effectiveAt) {
        counts.merge(customer + " " + segment + " " + kind + " " + Instant.ofEpochMilli(effectiveAt), 1, Integer::sum);
        size++;
        String membership = customer + " in " + segment;
        if (kind.equals("EXITED")) {
            inside.remove(membership);
        } else {
            inside.add(membership);
        }
    }

    void add(Change change) {
        add(
                change.customerId(),
                change.segment(),
                change.kind().name(),
                change.effectiveAt().toEpochMilli());
    }

    void add(ChangeText change) {
        add(change.customer(), change.segment(), change.kind(), change.effectiveAt());
    }

    int size() {
        return size;
    }

    /**
     * One sentence about the errors in {@code told}; empty if there are none.
     *
     * @param exactlyOnce whether a repeated change is an error
     */
    String wrongIn(Answers told, boolean exactlyOnce) {
        SortedSet<String> missing = surplus(this, told);
        SortedSet<String> unexpected = surplus(told, this);
        if (!exactlyOnce) {
            unexpected.removeIf(counts::containsKey);
        }
        return sentence(size + " changes", missing, unexpected);
    }

    /** One sentence about the wrong memberships after all changes of {@code told}; empty if there are none. */
    String wrongInTheEndIn(Answers told) {
        SortedSet<String> missing = new TreeSet<>(inside);
        missing.removeAll(told.inside);
        SortedSet<String> unexpected = new TreeSet<>(told.inside);
        unexpected.removeAll(inside);
        return sentence(inside.size() + " memberships in the end", missing, unexpected);
    }

    private static String sentence(String all, SortedSet<String> missing, SortedSet<String> unexpected) {
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return "";
        }
        return "of " + all + ", " + missing.size() + " are missing"
                + (missing.isEmpty() ? "" : " (such as " + missing.first() + ")") + ", and " + unexpected.size()
                + " should not be there" + (unexpected.isEmpty() ? "" : " (such as " + unexpected.first() + ")");
    }

    private static SortedSet<String> surplus(Answers these, Answers those) {
        SortedSet<String> surplus = new TreeSet<>();
        these.counts.forEach((change, count) -> {
            if (count > those.counts.getOrDefault(change, 0)) {
                surplus.add(change);
            }
        });
        return surplus;
    }
}
