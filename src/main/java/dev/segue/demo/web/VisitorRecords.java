// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The latest changes, or decisions, about the customers whom the shop page shows, and, of all others, so many that a customer whom the page
 * begins to show misses none of the last moments. Safe for several threads.
 */
public final class VisitorRecords<T> {
    static final int MOST_VISITORS = 100;
    static final int MOST_OF_A_VISITOR = 200;
    static final int MOST_OF_ALL = 5_000;

    /** The customer who was not shown for the longest time comes first. */
    private final Map<String, Deque<Numbered<T>>> visitors = new LinkedHashMap<>(16, 0.75f, true);

    private final Deque<Numbered<T>> latest = new ArrayDeque<>();
    private final Function<T, String> customer;
    private long number;

    /** @param customer the id of the customer whom a record is about */
    public VisitorRecords(Function<T, String> customer) {
        this.customer = customer;
    }

    /** @param number from 1, in the order of arrival */
    record Numbered<T>(long number, T value) {}

    /** Adds records in the order of the topic. */
    public synchronized void add(Collection<T> records) {
        for (T value : records) {
            Numbered<T> numbered = new Numbered<>(++number, value);
            addTo(latest, numbered, MOST_OF_ALL);
            Deque<Numbered<T>> own = visitors.get(customer.apply(value));
            if (own != null) {
                addTo(own, numbered, MOST_OF_A_VISITOR);
            }
        }
    }

    /** The records of these customers after the one with this number, in order. */
    synchronized List<Numbered<T>> since(long after, Collection<String> customers) {
        List<Numbered<T>> found = new ArrayList<>();
        for (String each : customers) {
            Deque<Numbered<T>> own = visitors.computeIfAbsent(each, this::latestOf);
            own.stream().filter(numbered -> numbered.number() > after).forEach(found::add);
        }
        while (visitors.size() > MOST_VISITORS) {
            visitors.remove(visitors.keySet().iterator().next());
        }
        found.sort((one, other) -> Long.compare(one.number(), other.number()));
        return found;
    }

    private Deque<Numbered<T>> latestOf(String wanted) {
        Deque<Numbered<T>> own = new ArrayDeque<>();
        latest.stream()
                .filter(numbered -> customer.apply(numbered.value()).equals(wanted))
                .forEach(numbered -> addTo(own, numbered, MOST_OF_A_VISITOR));
        return own;
    }

    private static <T> void addTo(Deque<Numbered<T>> some, Numbered<T> numbered, int most) {
        some.add(numbered);
        if (some.size() > most) {
            some.remove();
        }
    }
}
