package dev.segue.contenders;

import dev.segue.event.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Changes without their order: who entered or left what, and when. */
final class Answers {
    private final Map<String, Integer> counts = new HashMap<>();
    private int size;

    void add(String customer, String segment, String kind, long effectiveAt) {
        counts.merge(customer + " " + segment + " " + kind + " " + Instant.ofEpochMilli(effectiveAt), 1, Integer::sum);
        size++;
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
     * One sentence about what {@code told} has wrong; empty where it is right.
     *
     * @param exactlyOnce whether a change that is told again is wrong
     */
    String wrongIn(Answers told, boolean exactlyOnce) {
        SortedSet<String> missing = surplus(this, told);
        SortedSet<String> unexpected = surplus(told, this);
        if (!exactlyOnce) {
            unexpected.removeIf(counts::containsKey);
        }
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return "";
        }
        return "of " + size + " changes, " + missing.size() + " are missing"
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
