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
 * The latest stated value of each field of a customer's profile; of a map, of each key. What was cleared stays with its
 * instant, so that an older statement that comes late does not bring it back.
 */
public final class ProfileState extends AggregateState {
    /** So many fields and keys are remembered; of more, those stated first. */
    public static final int CAP = 256;

    /** The value of what was cleared: an empty text unsets. */
    private static final String UNSET = "";

    /** Before the name of a map: when it was last cleared as a whole. No field's name begins so. */
    private static final String MAP_CLEARED = "/";

    private final SortedMap<String, Stated> fields = new TreeMap<>();
    private boolean refused;

    /**
     * A value and when it was stated.
     *
     * @param at milliseconds since the epoch
     * @param value null for a map, whose entries stand under {@code field/key}; empty where it was cleared
     */
    public record Stated(long at, @Nullable Object value) {}

    public ProfileState() {}

    /** A profile as stored. */
    public ProfileState(Map<String, Stated> fields) {
        this.fields.putAll(fields);
    }

    public SortedMap<String, Stated> fields() {
        return java.util.Collections.unmodifiableSortedMap(fields);
    }

    /** Whether since this was last asked there was no room for a field or key. */
    public boolean hasRefused() {
        boolean before = refused;
        refused = false;
        return before;
    }

    /** Takes a value; one stated earlier than what is known changes nothing. */
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

    /** Unsets a field; of a map, all keys that were stated before. What was stated later stays. */
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

    /** What was stated first goes. */
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

    /** A field's value, maps put together; null where it was never stated, or was cleared. */
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

    /** All fields, maps put together. */
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
