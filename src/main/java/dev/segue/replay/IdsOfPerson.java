// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.config.RefusedIds;
import dev.segue.event.Event;
import dev.segue.plan.identity.Linking;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the ids that may be one person with a given one, before their events are read: all that events link, directly or
 * through others, even if a limit or a later claim separates them.
 */
public final class IdsOfPerson {
    private final Map<String, String> parents = new HashMap<>();

    private final RefusedIds placeholders;

    private IdsOfPerson(RefusedIds placeholders) {
        this.placeholders = placeholders;
    }

    /**
     * Reads all events; returns the ids, the given one among them.
     *
     * @param placeholders ids that are nobody's
     */
    public static Set<String> find(EventReader reader, String customer, RefusedIds placeholders) {
        IdsOfPerson ids = new IdsOfPerson(placeholders);
        for (Event event = reader.next(); event != null; event = reader.next()) {
            ids.note(event);
        }
        String root = ids.root(customer);
        Set<String> found = new TreeSet<>(Set.of(customer));
        // Every id that was linked has a parent.
        ids.parents.keySet().stream().filter(id -> ids.root(id).equals(root)).forEach(found::add);
        return found;
    }

    private void note(Event event) {
        String other = Linking.otherId(event);
        if (other != null && !placeholders.refuses(other)) {
            String root = root(other);
            parents.put(root, root);
            parents.put(root(event.customerId()), root);
        }
    }

    private String root(String id) {
        String root = id;
        for (String parent = parents.get(root); parent != null && !parent.equals(root); parent = parents.get(root)) {
            root = parent;
        }
        // Shortens the way for the next time.
        String next = id;
        while (!next.equals(root)) {
            String parent = parents.getOrDefault(next, root);
            parents.put(next, root);
            next = parent;
        }
        return root;
    }
}
