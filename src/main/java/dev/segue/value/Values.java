// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import dev.segue.event.Field;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts values between the forms that the language reads, that are stored, and that are compared. */
public final class Values {
    private Values() {}

    /** Converts a value to the form that the language reads: decimals become doubles. */
    public static Object readable(Object value) {
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
    }

    /** Converts values to the form that the language reads. */
    public static List<Object> allReadable(List<?> values) {
        List<Object> readable = new ArrayList<>(values.size());
        values.forEach(value -> readable.add(readable(value)));
        return readable;
    }

    /** Converts a value to the form that is stored: records become maps by field name. */
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

    /** Compares two values of one type by their natural order. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // The checker ensures that all are of one type.
    public static int compare(Object left, Object right) {
        return ((Comparable) left).compareTo(right);
    }

    /** Normalises a value for distinctness: 0.0 and -0.0 are equal in CEL, but not as Java objects. */
    public static Object unsigned(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}
