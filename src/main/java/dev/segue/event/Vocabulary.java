package dev.segue.event;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every event type that this installation knows. The language's streams and fields come from it. */
public final class Vocabulary {
    private final SortedMap<String, EventType> types;

    /** @throws IllegalArgumentException when two types have the same name */
    public Vocabulary(Collection<EventType> types) {
        SortedMap<String, EventType> byName = new TreeMap<>();
        for (EventType type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("event type '" + type.name() + "' is defined twice");
            }
        }
        this.types = Collections.unmodifiableSortedMap(byName);
    }

    /** The types in order of name. */
    public Collection<EventType> types() {
        return types.values();
    }

    /** The type of that name, or null. */
    public @Nullable EventType find(String name) {
        return types.get(name);
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public EventType get(String name) {
        EventType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("unknown event type '" + name + "'");
        }
        return type;
    }
}
