// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code valueOf(list, 'name')}: the {@code value} of that element of a list whose {@code key} is the name, as in
 * {@code [{"key": "page", "value": 7}]}. If the value is an object with one member, as BigQuery exports write typed
 * values ({@code {"string_value": "/cart"}}), returns that member. Unset if there is no such element.
 */
final class KeyedList {
    static final String FUNCTION = "valueOf";
    private static final String OVERLOAD = "value_of_list_text";

    private KeyedList() {}

    static CelFunctionDecl declaration() {
        return CelFunctionDecl.newFunctionDeclaration(
                FUNCTION,
                CelOverloadDecl.newGlobalOverload(OVERLOAD, SimpleType.DYN, SimpleType.DYN, SimpleType.STRING));
    }

    static Set<CelFunctionBinding> binding() {
        return CelFunctionBinding.fromOverloads(
                FUNCTION, CelFunctionBinding.from(OVERLOAD, Object.class, String.class, (list, key) -> {
                    Object value = value(list, key);
                    return value == null ? NullValue.NULL_VALUE : value;
                }));
    }

    static @Nullable Object value(@Nullable Object list, String key) {
        if (!(list instanceof Iterable<?> elements)) {
            return null;
        }
        for (Object element : elements) {
            if (element instanceof Map<?, ?> entry && key.equals(entry.get("key"))) {
                Object value = entry.get("value");
                return value instanceof Map<?, ?> typed && typed.size() == 1
                        ? typed.values().iterator().next()
                        : value;
            }
        }
        return null;
    }
}
