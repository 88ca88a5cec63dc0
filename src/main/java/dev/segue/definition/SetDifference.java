// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one set of definitions changes in another.
 *
 * @param added names, ascending; and so on
 * @param options whether settings differ on which the meaning of all definitions depends
 */
public record SetDifference(
        List<String> added, List<String> changed, List<String> removed, List<String> unchanged, boolean options) {

    /** @param before null if there is none */
    public static SetDifference between(@Nullable DefinitionSet before, DefinitionSet after) {
        Map<String, String> old = new TreeMap<>();
        if (before != null) {
            before.sources().forEach(source -> old.put(source.name(), source.version()));
        }
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        for (DefinitionSource source : after.sources()) {
            String version = old.remove(source.name());
            List<String> kind = version == null ? added : version.equals(source.version()) ? unchanged : changed;
            kind.add(source.name());
        }
        boolean options = before != null && !before.options().equals(after.options());
        return new SetDifference(added, changed, List.copyOf(old.keySet()), unchanged, options);
    }

    /** Returns whether both sets mean the same. */
    public boolean isNone() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && !options;
    }

    /** Returns a short text such as {@code "1 new (lapsed), 2 changed (loyal, big-spender)"}. */
    public String text() {
        List<String> parts = new ArrayList<>();
        add(parts, added, "new");
        add(parts, changed, "changed");
        add(parts, removed, "removed");
        if (options) {
            parts.add("other settings");
        }
        return parts.isEmpty() ? "nothing differs" : String.join(", ", parts);
    }

    private static void add(List<String> parts, List<String> names, String kind) {
        if (!names.isEmpty()) {
            parts.add(names.size() + " " + kind + " (" + String.join(", ", names) + ")");
        }
    }
}
