// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts a row's values to a field's type, exactly: decimals are parsed from their text and never pass through binary
 * floating point. Unset and empty values stay unset.
 */
final class Conversion {
    private static final int MONEY_SCALE = 4;
    private static final int MONEY_DIGITS = 18;
    private static final int LONGEST_NUMBER = 64;

    private Conversion() {}

    /**
     * @param field its name in messages
     * @throws RefusedRow if the value does not fit the type
     */
    static @Nullable Object convert(FieldType type, @Nullable Object value, String field) throws RefusedRow {
        if (value == null || (value instanceof String text && text.isBlank())) {
            return null;
        }
        if (type instanceof FieldType.Scalar scalar) {
            return scalar(scalar, value, field);
        }
        if (type instanceof FieldType.Nested nested && value instanceof Map<?, ?> map) {
            return nested(nested, map, field);
        }
        if (type instanceof FieldType.Listing listing && value instanceof Iterable<?> elements) {
            List<Object> list = new ArrayList<>();
            for (Object element : elements) {
                Object converted = convert(listing.element(), element, field);
                if (converted != null) {
                    list.add(converted);
                }
            }
            return list;
        }
        if (type instanceof FieldType.Mapping mapping && value instanceof Map<?, ?> map) {
            return mapping(mapping, map, field);
        }
        throw mismatch(type, value, field);
    }

    private static RefusedRow mismatch(FieldType type, Object value, String field) {
        return new RefusedRow(field + " is not a " + type.describe(), shown(value));
    }

    /** The invalid value in quotes, with a hint if commas may be the cause. */
    static String shown(Object value) {
        return RefusedRow.quote(value) + (value instanceof String text ? commas(text.strip()) : "");
    }

    private static String commas(String text) {
        if (text.matches("[+-]?[1-9][0-9]{0,2},[0-9]{3}")) {
            return "; if the comma groups thousands, remove it with .replace(',', ''); if it is a decimal comma, set"
                    + " decimal: ','";
        }
        if (text.matches("[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]*)?")) {
            return "; commas that group thousands are removed with .replace(',', '')";
        }
        return text.matches("[+-]?[0-9.]+,[0-9]{1,4}") ? "; for a decimal comma set decimal: ','" : "";
    }

    private static Fields nested(FieldType.Nested type, Map<?, ?> map, String field) throws RefusedRow {
        @Nullable Object[] values = new Object[type.record().fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            Field part = type.record().fields().get(slot);
            values[slot] = convert(part.type(), map.get(part.name()), field + "." + part.name());
        }
        return new Fields(type.record(), values);
    }

    private static Map<String, Object> mapping(FieldType.Mapping type, Map<?, ?> map, String field) throws RefusedRow {
        Map<String, Object> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = convert(type.value(), entry.getValue(), field);
            if (value != null) {
                converted.put(String.valueOf(entry.getKey()), value);
            }
        }
        return converted;
    }

    private static Object scalar(FieldType.Scalar type, Object value, String field) throws RefusedRow {
        try {
            return switch (type) {
                case STRING -> string(value);
                case MIXED -> mixed(value);
                case BOOLEAN -> bool(value);
                case INTEGER -> value instanceof Long ? value : number(value).longValueExact();
                case DOUBLE -> finite(number(value).doubleValue());
                case DECIMAL -> money(number(value));
                case TIMESTAMP -> timestamp(value);
                case DURATION -> throw new IllegalArgumentException();
            };
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException unfit) {
            throw mismatch(type, value, field);
        }
    }

    private static Object mixed(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return value instanceof Number ? (Object) finite(number(value).doubleValue()) : string(value);
    }

    private static String string(Object value) {
        if (value instanceof Map || value instanceof Iterable) {
            throw new IllegalArgumentException();
        }
        return value.toString();
    }

    private static Boolean bool(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    /**
     * The exact number of a value.
     *
     * @throws IllegalArgumentException if the value is not a number, or too long to compute with
     */
    static BigDecimal number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return sane(decimal);
        }
        if (value instanceof Boolean || value instanceof Map || value instanceof Iterable) {
            throw new IllegalArgumentException();
        }
        // A double's shortest text is the number as written, not its binary neighbour.
        String text = value.toString().strip();
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException();
        }
        return sane(new BigDecimal(text));
    }

    /** Rejects exponents with which a few characters would become gigabytes of digits. */
    private static BigDecimal sane(BigDecimal number) {
        if (Math.abs((long) number.scale()) > 400) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static Double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static BigDecimal money(BigDecimal number) {
        BigDecimal money = number.setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
        if (money.precision() > MONEY_DIGITS) {
            throw new IllegalArgumentException();
        }
        return money;
    }

    private static Instant timestamp(Object value) {
        return value instanceof Instant instant ? instant : Instant.parse(value.toString());
    }
}
