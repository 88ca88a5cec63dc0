// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the definitions of one task know of the past.
 *
 * @param unfilled those that do not know it yet
 * @param since of those that were filled from a log whose beginning had been deleted: the time of the first event that was
 *     left, in milliseconds since the epoch, by the definition's id
 */
record TaskPast(Unfilled unfilled, Map<String, Long> since) {
    static final TaskPast WHOLE = new TaskPast(Unfilled.NONE, Map.of());

    private static final String SECTION = "\n\n";

    TaskPast {
        since = Map.copyOf(since);
    }

    /** Returns this for the definitions of another set. */
    TaskPast next(Unfilled next, Set<String> ids) {
        Map<String, Long> left = new TreeMap<>(since);
        left.keySet().retainAll(ids);
        left.keySet().removeAll(next.ids());
        return new TaskPast(next, left);
    }

    /** Returns this after definitions have been filled, with the times since when they know the past. */
    TaskPast filled(Collection<String> filled, Map<String, Long> shortened) {
        Set<String> left = new TreeSet<>(unfilled.ids());
        left.removeAll(filled);
        Map<String, Long> all = new TreeMap<>(since);
        all.putAll(shortened);
        return new TaskPast(new Unfilled(left, left.isEmpty() ? Set.of() : unfilled.told()), all);
    }

    /** Serializes this in three sections, each with a line for each definition. */
    byte[] bytes() {
        String known = new TreeMap<>(since)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ' ' + entry.getValue())
                        .collect(Collectors.joining("\n"));
        return String.join(SECTION, lines(unfilled.ids()), lines(unfilled.told()), known)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String lines(Set<String> texts) {
        return String.join("\n", new TreeSet<>(texts));
    }

    static TaskPast of(byte[] bytes) {
        String[] sections = new String(bytes, StandardCharsets.UTF_8).split(SECTION, -1);
        if (sections.length != 3) {
            throw new IllegalStateException("what is stored of the definitions' past is damaged");
        }
        Map<String, Long> since = new TreeMap<>();
        for (String line : texts(sections[2])) {
            int space = line.indexOf(' ');
            since.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        }
        return new TaskPast(new Unfilled(texts(sections[0]), texts(sections[1])), since);
    }

    private static Set<String> texts(String lines) {
        return lines.isEmpty() ? Set.of() : Set.of(lines.split("\n", -1));
    }
}
