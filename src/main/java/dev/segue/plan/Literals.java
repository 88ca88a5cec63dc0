package dev.segue.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and maps written out. */
final class Literals {
    static final Applied.Function LIST = List::of;

    /** Keys first, then as many values. */
    static final Applied.Function MAP = Literals::map;

    private Literals() {}

    private static Object map(Object[] values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        int size = values.length / 2;
        for (int index = 0; index < size; index++) {
            if (map.put(values[index], values[size + index]) != null) {
                throw new EvaluationException("the key '" + values[index] + "' stands twice");
            }
        }
        return map;
    }
}
