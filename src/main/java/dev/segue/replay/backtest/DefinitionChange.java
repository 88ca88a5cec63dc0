// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one definition differs between the old and the new set.
 *
 * @param before the definition in the old set; null if it is new
 * @param after the definition in the new set; null if it is removed
 * @param reads if the definition itself is unchanged: the changed segments that it reads with {@code in_segment} or {@code among}
 */
public record DefinitionChange(
        String name,
        Status status,
        @Nullable Definition before,
        @Nullable Definition after,
        List<String> reads) {

    /** A definition that reads a changed segment is changed, because its members may differ. */
    public enum Status {
        NEW,
        CHANGED,
        REMOVED,
        UNCHANGED
    }

    /** Returns the definition of the new set, or of the old set if it is removed. */
    public Definition latest() {
        return after != null ? after : java.util.Objects.requireNonNull(before);
    }

    /** Returns the segments of both versions, the new version's first. */
    public List<String> segments() {
        Set<String> segments = new LinkedHashSet<>();
        if (after != null) {
            segments.addAll(after.segments());
        }
        if (before != null) {
            segments.addAll(before.segments());
        }
        return List.copyOf(segments);
    }

    /** Compares two sets; returns one entry per name, in order of name. */
    public static List<DefinitionChange> between(List<Definition> before, List<Definition> after) {
        Map<String, Definition> old = byName(before);
        Map<String, Definition> changed = byName(after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(changed.keySet());
        Map<String, DefinitionChange> changes = new TreeMap<>();
        names.forEach(name -> changes.put(name, of(name, old.get(name), changed.get(name))));
        boolean more = true;
        while (more) {
            more = readersChange(changes);
        }
        return List.copyOf(changes.values());
    }

    private static Map<String, Definition> byName(List<Definition> definitions) {
        Map<String, Definition> byName = new HashMap<>();
        definitions.forEach(definition -> byName.put(definition.name(), definition));
        return byName;
    }

    private static DefinitionChange of(String name, @Nullable Definition before, @Nullable Definition after) {
        Status status = before == null
                ? Status.NEW
                : after == null
                        ? Status.REMOVED
                        : before.version().equals(after.version())
                                        && before.kind().equals(after.kind())
                                ? Status.UNCHANGED
                                : Status.CHANGED;
        return new DefinitionChange(name, status, before, after, List.of());
    }

    /** Marks unchanged definitions that read a changed segment; returns true if there were any. */
    private static boolean readersChange(Map<String, DefinitionChange> changes) {
        Set<String> affected = affected(changes.values());
        boolean more = false;
        for (DefinitionChange change : List.copyOf(changes.values())) {
            List<String> reads = new ArrayList<>(new TreeSet<>(change.latest().references()));
            reads.retainAll(affected);
            if (change.status() == Status.UNCHANGED && !reads.isEmpty()) {
                changes.put(
                        change.name(),
                        new DefinitionChange(
                                change.name(), Status.CHANGED, change.before(), change.after(), List.copyOf(reads)));
                more = true;
            }
        }
        return more;
    }

    private static Set<String> affected(Collection<DefinitionChange> changes) {
        Set<String> segments = new TreeSet<>();
        changes.stream()
                .filter(change -> change.status() != Status.UNCHANGED)
                .forEach(change -> segments.addAll(change.segments()));
        return segments;
    }
}
