// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest stated value of each field of a customer's profile, and of each key of a map field. A cleared field is
 * kept with its instant, so that an older statement that arrives late does not restore it.
 */
public final class ProfileState extends AggregateState {
    /** The maximum number of fields and keys. New ones beyond it are rejected. */
    public static final int CAP = 256;

    /** The value of a cleared field; a stated empty text also clears it. */
    private static final String UNSET = "";

    /**
     * Prefix of a map's name for the instant at which the whole map was last cleared. No field's name begins with it.
     */
    private static final String MAP_CLEARED = "/";

    private final SortedMap<String, Stated> fields = new TreeMap<>();
    private boolean refused;

    /**
     * A value and when it was stated.
     *
     * @param at milliseconds since the epoch
     * @param value null for a map, whose entries are stored under {@code field/key}; empty if it was cleared
     */
    public record Stated(long at, @Nullable Object value) {}

    public ProfileState() {}

    /** Restores a stored profile. */
    public ProfileState(Map<String, Stated> fields) {
        this.fields.putAll(fields);
    }

    public SortedMap<String, Stated> fields() {
        return java.util.Collections.unmodifiableSortedMap(fields);
    }

    /** Returns whether a field or key was rejected since the last call. */
    public boolean hasRefused() {
        boolean before = refused;
        refused = false;
        return before;
    }

    /** Stores a value. A statement older than the stored one changes nothing. */
    public boolean state(String name, Object value, long at) {
        if (value instanceof Map<?, ?> map) {
            Stated cleared = fields.get(MAP_CLEARED + name);
            if (cleared != null && cleared.at() > at) {
                return false;
            }
            boolean changed = put(name, null, at);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                changed |= put(name + "/" + entry.getKey(), entry.getValue(), at);
            }
            return changed;
        }
        return put(name, value, at);
    }

    /** Clears a field, or all keys of a map. Later statements are kept. */
    public boolean clear(String name, boolean isMap, long at) {
        if (!isMap) {
            return put(name, UNSET, at);
        }
        Stated cleared = fields.get(MAP_CLEARED + name);
        if (cleared != null && cleared.at() > at) {
            return false;
        }
        String prefix = name + "/";
        boolean changed = fields.entrySet()
                .removeIf(field -> field.getValue().at() <= at
                        && (field.getKey().equals(name) || field.getKey().startsWith(prefix)));
        return put(MAP_CLEARED + name, UNSET, at) || changed;
    }

    /**
     * Adds the statements of another history, which arrived later than those of equal time. Beyond {@link #CAP}, new
     * fields and keys of the other history are rejected, as if they had arrived last.
     */
    public void merge(ProfileState other) {
        changed();
        fields.entrySet().removeIf(field -> field.getValue().at() <= other.mapClearedAt(field.getKey()));
        other.fields.forEach((name, stated) -> {
            if (stated.at() >= mapClearedAt(name)) {
                put(name, stated.value(), stated.at());
            }
        });
    }

    /**
     * Returns when the map with this name, or the map of this key, was last cleared; {@link Long#MIN_VALUE} if it never
     * was.
     */
    private long mapClearedAt(String name) {
        int slash = name.indexOf('/');
        Stated cleared = fields.get(MAP_CLEARED + (slash < 0 ? name : name.substring(0, slash)));
        return cleared == null ? Long.MIN_VALUE : cleared.at();
    }

    private boolean put(String name, @Nullable Object value, long at) {
        Stated known = fields.get(name);
        if (known == null && fields.size() >= CAP) {
            refused = true;
            return false;
        }
        if (known != null && known.at() > at) {
            return false;
        }
        changed();
        fields.put(name, new Stated(at, value));
        return true;
    }

    /** Drops the earliest statements. */
    @Override
    public boolean halve() {
        changed();
        List<String> oldest = fields.entrySet().stream()
                .sorted(Comparator.comparingLong(field -> field.getValue().at()))
                .limit((fields.size() + 1) / 2)
                .map(Map.Entry::getKey)
                .toList();
        boolean fewer = fields.keySet().removeAll(oldest);
        fields.keySet().removeIf(name -> {
            int slash = name.indexOf('/');
            return slash > 0 && !fields.containsKey(name.substring(0, slash));
        });
        return fewer;
    }

    /** Returns a field's value, with the entries of a map collected; null if it was never stated or was cleared. */
    @Nullable
    public Object value(String name) {
        Stated stated = fields.get(name);
        if (stated == null || stated.value() != null) {
            return stated == null || UNSET.equals(stated.value()) ? null : stated.value();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        String prefix = name + "/";
        fields.tailMap(prefix).forEach((key, entry) -> {
            if (key.startsWith(prefix) && entry.value() != null && !UNSET.equals(entry.value())) {
                map.put(key.substring(prefix.length()), entry.value());
            }
        });
        return map;
    }

    /** Returns all fields, with the entries of maps collected. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.keySet().forEach(name -> {
            Object value = name.indexOf('/') < 0 ? value(name) : null;
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }
}
