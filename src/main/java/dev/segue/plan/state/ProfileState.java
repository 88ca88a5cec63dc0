// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.event.Origin;
import dev.segue.event.OriginPrecedence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A customer's profile. The statements of each origin are kept apart, because those of one origin may be erased: what
 * they had hidden is then read again. Which of several values is read is decided when reading, so that the order of
 * precedence may change.
 */
public final class ProfileState extends AggregateState {
    /** The maximum number of fields and parts, over all origins. New ones beyond it are rejected. */
    public static final int CAP = 256;

    /** The longest text of a part, such as a value of {@code tags}, in characters. Longer ones are rejected. */
    public static final int LONGEST = 1024;

    private final Map<Origin, ProfileLayer> layers = new EnumMap<>(Origin.class);

    /**
     * A value and when it was stated.
     *
     * @param at milliseconds since the epoch
     * @param value null for a field with parts, which are stored under {@code field/part}; empty if it was cleared
     */
    public record Stated(long at, @Nullable Object value) {}

    /** Restores what a stored profile holds of one origin. */
    public void restore(Origin origin, Map<String, Stated> fields, long erasedAt) {
        layers.put(origin, new ProfileLayer(this::size, fields, erasedAt));
    }

    public Map<Origin, ProfileLayer> layers() {
        return Collections.unmodifiableMap(layers);
    }

    /** The number of statements. */
    public int size() {
        int size = 0;
        for (ProfileLayer layer : layers.values()) {
            size += layer.fields().size();
        }
        return size;
    }

    /** Returns whether a statement was rejected since the last call. */
    public boolean hasRefused() {
        boolean refused = false;
        for (ProfileLayer layer : layers.values()) {
            refused |= layer.hasRefused();
        }
        return refused;
    }

    /** Stores a value. A statement older than the origin's stored one changes nothing. */
    public boolean state(Origin origin, String name, Object value, long at) {
        return noted(layer(origin).state(name, value, at));
    }

    /**
     * Clears a field, or all its parts. It hides values of this origin and of those after it up to this instant; later
     * statements are kept.
     */
    public boolean clear(Origin origin, String name, boolean hasParts, long at) {
        return noted(layer(origin).clear(name, hasParts, at));
    }

    /** Removes everything that an origin stated up to this instant, clearings included. */
    public boolean erase(Origin origin, long at) {
        return noted(layer(origin).erase(at));
    }

    private boolean noted(boolean changed) {
        if (changed) {
            changed();
        }
        return changed;
    }

    private ProfileLayer layer(Origin origin) {
        return layers.computeIfAbsent(origin, absent -> new ProfileLayer(this::size));
    }

    /**
     * Adds the statements of another history, which arrived later than those of equal time. Beyond {@link #CAP}, new
     * fields and parts of the other history are rejected, as if they had arrived last.
     */
    public void merge(ProfileState other) {
        changed();
        other.layers.forEach((origin, layer) -> layer(origin).merge(layer));
    }

    /** Drops the earliest statements. */
    @Override
    public boolean halve() {
        changed();
        List<Map.Entry<ProfileLayer, Map.Entry<String, Stated>>> all = new ArrayList<>();
        for (ProfileLayer layer : layers.values()) {
            layer.fields().entrySet().forEach(field -> all.add(Map.entry(layer, field)));
        }
        List<Map.Entry<ProfileLayer, Map.Entry<String, Stated>>> oldest = all.stream()
                .sorted(Comparator.comparingLong(
                        field -> field.getValue().getValue().at()))
                .limit((all.size() + 1) / 2)
                .toList();
        oldest.forEach(field -> field.getKey().remove(field.getValue().getKey()));
        layers.values().forEach(ProfileLayer::removeOrphans);
        return !oldest.isEmpty();
    }

    /**
     * Returns the value of a field, with its parts collected, or of a part, as {@code field/part}: that of the first
     * origin that has one, unless an origin before it cleared it then or later. Null if there is none.
     */
    @Nullable
    public Object value(String name, OriginPrecedence precedence) {
        Stated stated = find(name, precedence);
        if (stated == null || stated.value() != null) {
            return stated == null ? null : stated.value();
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        String prefix = name + "/";
        for (String part : names(prefix)) {
            Stated entry = find(part, precedence);
            if (entry != null && entry.value() != null) {
                parts.put(part.substring(prefix.length()), entry.value());
            }
        }
        return parts;
    }

    private @Nullable Stated find(String name, OriginPrecedence precedence) {
        long hiddenUntil = Long.MIN_VALUE;
        for (Origin origin : precedence.order()) {
            ProfileLayer layer = layers.get(origin);
            if (layer != null) {
                Stated stated = layer.find(name);
                if (stated != null && stated.at() > hiddenUntil) {
                    if (ProfileLayer.isSet(stated)) {
                        return stated;
                    }
                    hiddenUntil = stated.at();
                }
                hiddenUntil = Math.max(hiddenUntil, layer.clearedAt(name));
            }
        }
        return null;
    }

    private SortedSet<String> names(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        for (ProfileLayer layer : layers.values()) {
            for (String name : layer.fields().tailMap(prefix).keySet()) {
                if (!name.startsWith(prefix)) {
                    break;
                }
                names.add(name);
            }
        }
        return names;
    }

    /** Returns all fields, with their parts collected. */
    public Map<String, Object> values(OriginPrecedence precedence) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : names("")) {
            Object value = name.indexOf('/') < 0 ? value(name, precedence) : null;
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
