// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an element by name, each computed when it is read: counts need no fields, and most other readings need one
 * or two. Only an element that is used as a whole is copied into a map. Unset fields are absent.
 */
abstract class LazyFields extends AbstractMap<String, Object> {
    /** Returns the names of all fields that may be set, each once. */
    abstract Collection<String> names();

    /** Returns the value of a field; null if it is unset. */
    abstract @Nullable Object field(String name);

    @Override
    public final @Nullable Object get(@Nullable Object name) {
        return name instanceof String text ? field(text) : null;
    }

    @Override
    public final boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public final Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : names()) {
            Object value = field(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        return all.entrySet();
    }
}
