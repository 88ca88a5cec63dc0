// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import dev.segue.event.Field;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value as the language reads it, as it is stored, and as it counts among others. */
public final class Values {
    private Values() {}

    /** A value as the language reads it: decimals are doubles. */
    public static Object readable(Object value) {
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
    }

    /** Values as the language reads them. */
    public static List<Object> allReadable(List<?> values) {
        List<Object> readable = new ArrayList<>(values.size());
        values.forEach(value -> readable.add(readable(value)));
        return readable;
    }

    /** A value as it is stored: records become maps by name. */
    public static Object plain(Object value) {
        if (value instanceof Fields fields) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Field field : fields.type().fields()) {
                Object part = fields.get(field.name());
                if (part != null) {
                    map.put(field.name(), plain(part));
                }
            }
            return map;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }

    /** Values of one type in their natural order. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // The checker has seen to it that all are of one type.
    public static int compare(Object left, Object right) {
        return ((Comparable) left).compareTo(right);
    }

    /** A value as it counts among distinct ones: CEL's 0.0 and -0.0 are equal, Java's objects of them are not. */
    public static Object unsigned(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}
