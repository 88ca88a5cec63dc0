// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code most()}: the most frequent value, with its count and its share of all values. If several values are equally
 * frequent, the smallest one.
 */
public final class Most extends Reduction {
    /** Fields of the result. */
    public static final String COUNT = "count";

    public static final String SHARE = "share";

    public static final String VALUE = "value";

    /** The result types, one for each type of values. */
    private static final List<RecordType> RESULTS = results();

    Most() {
        super("most");
    }

    private static List<RecordType> results() {
        List<RecordType> results = new ArrayList<>();
        for (Scalar value : List.of(Scalar.STRING, Scalar.INTEGER, Scalar.DOUBLE, Scalar.BOOLEAN)) {
            results.add(new RecordType(
                    "most_" + value.name().toLowerCase(Locale.ROOT),
                    List.of(
                            new Field(VALUE, value, "The most frequent value; the smallest of several."),
                            new Field(COUNT, Scalar.INTEGER, "How often it occurs."),
                            new Field(SHARE, Scalar.DOUBLE, "Its share of all values, 0.0 to 1.0."))));
        }
        return List.copyOf(results);
    }

    @Override
    public List<Signature> signatures() {
        return RESULTS.stream()
                .map(result -> Signature.of(result.fields().get(0).type(), new FieldType.Nested(result)))
                .toList();
    }

    /**
     * Returns the result for no values: the default value, with count and share 0; null if the type is not a result of
     * {@code most()}.
     */
    public static @Nullable Object ofNothing(FieldType type) {
        return type instanceof FieldType.Nested nested && RESULTS.contains(nested.record())
                ? result(Fields.zero(nested.record().fields().get(0).type()), 0, 0.0)
                : null;
    }

    private static Object result(Object value, long count, double share) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(VALUE, value);
        result.put(COUNT, count);
        result.put(SHARE, share);
        return result;
    }

    /** Returns the result for a value that occurs {@code count} times among {@code total} values. */
    public static Object result(Object value, int count, int total) {
        return result(value, count, (double) count / total);
    }

    @Override
    public boolean hasDefault() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(Values.unsigned(Values.readable(value)), 1, Integer::sum));
        Object leader = null;
        int most = 0;
        for (Map.Entry<Object, Integer> known : counts.entrySet()) {
            int count = known.getValue();
            if (leader == null || count > most || (count == most && Values.compare(known.getKey(), leader) < 0)) {
                leader = known.getKey();
                most = count;
            }
        }
        return leader == null ? zero : result(leader, most, values.size());
    }
}
