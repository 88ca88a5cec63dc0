// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The definitions of a task that do not know their past yet.
 *
 * @param ids of definitions that are evaluated, or that are only kept because a replaced set had them; see {@link
 *     dev.segue.definition.DefinitionSource#id}
 * @param told names of those to which customers may already belong, by an earlier version
 */
record Unfilled(Set<String> ids, Set<String> told) {
    static final Unfilled NONE = new Unfilled(Set.of(), Set.of());

    Unfilled {
        ids = Set.copyOf(ids);
        told = Set.copyOf(told);
    }

    /** Returns this without definitions that have been filled. */
    Unfilled without(Collection<String> filled) {
        Set<String> left = new TreeSet<>(ids);
        left.removeAll(filled);
        return new Unfilled(left, Set.of());
    }

    /** Serializes this: a line for each id, an empty line, and a line for each name. */
    byte[] bytes() {
        String text = String.join("\n", new TreeSet<>(ids)) + "\n\n" + String.join("\n", new TreeSet<>(told));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Unfilled of(byte[] bytes) {
        List<String> halves = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n\n", -1));
        if (halves.size() != 2) {
            throw new IllegalStateException("the stored list of definitions without a past is damaged");
        }
        return new Unfilled(lines(halves.get(0)), lines(halves.get(1)));
    }

    private static Set<String> lines(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split("\n", -1));
    }
}
