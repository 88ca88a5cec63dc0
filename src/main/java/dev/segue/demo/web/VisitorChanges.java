// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import dev.segue.event.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest changes of the customers whom the shop page shows, and, of all others, so many that a customer whom the page
 * begins to show misses none of the last moments. Safe for several threads.
 */
public final class VisitorChanges {
    static final int MOST_VISITORS = 100;
    static final int MOST_OF_A_VISITOR = 200;
    static final int MOST_OF_ALL = 5_000;

    /** The customer who was not shown for the longest time comes first. */
    private final Map<String, Deque<Numbered>> visitors = new LinkedHashMap<>(16, 0.75f, true);

    private final Deque<Numbered> latest = new ArrayDeque<>();
    private long number;

    /** @param number from 1, in the order of arrival */
    record Numbered(long number, Change change) {}

    /** Adds changes in the order of the topic. */
    public synchronized void add(Collection<Change> changes) {
        for (Change change : changes) {
            Numbered numbered = new Numbered(++number, change);
            addTo(latest, numbered, MOST_OF_ALL);
            if (visitors.containsKey(change.customerId())) {
                addTo(visitors.get(change.customerId()), numbered, MOST_OF_A_VISITOR);
            }
        }
    }

    /** The changes of these customers after the one with this number, in order. */
    synchronized List<Numbered> since(long after, Collection<String> customers) {
        List<Numbered> found = new ArrayList<>();
        for (String customer : customers) {
            Deque<Numbered> own = visitors.computeIfAbsent(customer, this::latestOf);
            own.stream().filter(numbered -> numbered.number() > after).forEach(found::add);
        }
        while (visitors.size() > MOST_VISITORS) {
            visitors.remove(visitors.keySet().iterator().next());
        }
        found.sort((one, other) -> Long.compare(one.number(), other.number()));
        return found;
    }

    private Deque<Numbered> latestOf(String customer) {
        Deque<Numbered> own = new ArrayDeque<>();
        latest.stream()
                .filter(numbered -> numbered.change().customerId().equals(customer))
                .forEach(numbered -> addTo(own, numbered, MOST_OF_A_VISITOR));
        return own;
    }

    private static void addTo(Deque<Numbered> some, Numbered numbered, int most) {
        some.add(numbered);
        if (some.size() > most) {
            some.remove();
        }
    }
}
