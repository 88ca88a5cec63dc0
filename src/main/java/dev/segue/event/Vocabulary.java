// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every event type of this installation. Expressions get their streams and fields from it. */
public final class Vocabulary {
    private final SortedMap<String, EventType> types;

    /** @throws IllegalArgumentException if two types have equal names */
    public Vocabulary(Collection<EventType> types) {
        SortedMap<String, EventType> byName = new TreeMap<>();
        for (EventType type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("event type '" + type.name() + "' is defined twice");
            }
        }
        this.types = Collections.unmodifiableSortedMap(byName);
    }

    /** The types, sorted by name. */
    public Collection<EventType> types() {
        return types.values();
    }

    /** The type of that name, or null if it is undefined. */
    public @Nullable EventType find(String name) {
        return types.get(name);
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException if it is undefined
     */
    public EventType get(String name) {
        EventType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("unknown event type '" + name + "'");
        }
        return type;
    }
}
