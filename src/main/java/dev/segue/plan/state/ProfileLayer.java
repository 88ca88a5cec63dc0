// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import dev.segue.plan.state.ProfileState.Stated;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one origin stated of a customer's profile: the latest value of each field, and of each part of a field that has
 * parts (a key of a map, a field of a record). A cleared field is kept with its instant, so that an older statement that
 * arrives late does not restore it.
 */
public final class ProfileLayer {
    /** The value of a cleared field; a stated empty text also clears it. */
    private static final String UNSET = "";

    /**
     * Prefix of a field's name for the instant at which all its parts were last cleared. No field's name begins with it.
     */
    private static final String PARTS_CLEARED = "/";

    private final SortedMap<String, Stated> fields = new TreeMap<>();

    /** Statements up to this instant were erased, and are ignored if they arrive late. */
    private long erasedAt;

    /** The number of statements of all layers. */
    private final IntSupplier size;

    private boolean refused;

    ProfileLayer(IntSupplier size) {
        this(size, Map.of(), Long.MIN_VALUE);
    }

    ProfileLayer(IntSupplier size, Map<String, Stated> fields, long erasedAt) {
        this.size = size;
        this.fields.putAll(fields);
        this.erasedAt = erasedAt;
    }

    /** The statements by field; those of a part are under {@code field/part}. */
    public SortedMap<String, Stated> fields() {
        return Collections.unmodifiableSortedMap(fields);
    }

    /** When the origin was last erased, in milliseconds since the epoch; {@link Long#MIN_VALUE} if it never was. */
    public long erasedAt() {
        return erasedAt;
    }

    /** Returns whether a statement was rejected since the last call. */
    boolean hasRefused() {
        boolean before = refused;
        refused = false;
        return before;
    }

    boolean state(String name, Object value, long at) {
        if (at <= erasedAt) {
            return false;
        }
        if (!(value instanceof Map<?, ?> parts)) {
            return put(name, value, at);
        }
        if (clearedAt(name) > at) {
            return false;
        }
        boolean changed = put(name, null, at);
        for (Map.Entry<?, ?> part : parts.entrySet()) {
            if (part.getValue() instanceof String text && text.length() > ProfileState.LONGEST) {
                refused = true;
            } else {
                changed |= put(name + "/" + part.getKey(), part.getValue(), at);
            }
        }
        return changed;
    }

    boolean clear(String name, boolean hasParts, long at) {
        if (at <= erasedAt) {
            return false;
        }
        if (!hasParts) {
            return put(name, UNSET, at);
        }
        if (clearedAt(name) > at) {
            return false;
        }
        String prefix = name + "/";
        boolean changed = fields.entrySet()
                .removeIf(field -> field.getValue().at() <= at
                        && (field.getKey().equals(name) || field.getKey().startsWith(prefix)));
        return put(PARTS_CLEARED + name, UNSET, at) || changed;
    }

    boolean erase(long at) {
        if (at <= erasedAt) {
            return false;
        }
        erasedAt = at;
        fields.values().removeIf(stated -> stated.at() <= at);
        return true;
    }

    void remove(String name) {
        fields.remove(name);
    }

    /** Removes the parts of fields that were removed. */
    void removeOrphans() {
        fields.keySet().removeIf(name -> {
            int slash = name.indexOf('/');
            return slash > 0 && !fields.containsKey(name.substring(0, slash));
        });
    }

    /** Adds the statements of another history, which arrived later than those of equal time. */
    void merge(ProfileLayer other) {
        erase(other.erasedAt);
        fields.entrySet().removeIf(field -> field.getValue().at() <= other.clearedAt(field.getKey()));
        other.fields.forEach((name, stated) -> {
            if (stated.at() > erasedAt && stated.at() >= clearedAt(name)) {
                put(name, stated.value(), stated.at());
            }
        });
    }

    /** The statement of a field or part; null if there is none, or all parts were cleared since. */
    @Nullable
    Stated find(String name) {
        return fields.get(name);
    }

    static boolean isSet(Stated stated) {
        return !UNSET.equals(stated.value());
    }

    /**
     * Returns when all parts of this field, or of the field of this part, were last cleared; {@link Long#MIN_VALUE} if
     * they never were.
     */
    long clearedAt(String name) {
        int slash = name.indexOf('/');
        Stated cleared = fields.get(PARTS_CLEARED + (slash < 0 ? name : name.substring(0, slash)));
        return cleared == null ? Long.MIN_VALUE : cleared.at();
    }

    private boolean put(String name, @Nullable Object value, long at) {
        Stated known = fields.get(name);
        if (known == null && size.getAsInt() >= ProfileState.CAP) {
            refused = true;
            return false;
        }
        if (known != null && known.at() > at) {
            return false;
        }
        fields.put(name, new Stated(at, value));
        return true;
    }
}
