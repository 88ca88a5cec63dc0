// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON of foreign files to plain values: String, Boolean, Long, BigDecimal (so that money stays exact), List
 * and {@link JsonObject}, without nulls.
 */
public final class ForeignJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(64)
                    .build())
            .build();

    private ForeignJson() {}

    /** @param nulls texts that are read as an empty text */
    static Object parse(String text, String column, Set<String> nulls) throws RefusedRow {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Object value = value(parser, nulls);
            if (value == null || parser.nextToken() != null) {
                throw new RefusedRow("column " + column + " is not one JSON value", RefusedRow.quote(text));
            }
            return value;
        } catch (IOException malformed) {
            throw new RefusedRow("column " + column + " is not JSON", RefusedRow.quote(text));
        }
    }

    /** A parser of one text; {@link #object(JsonParser)} reads the objects in it. */
    public static JsonParser parser(String text) throws IOException {
        return JSON.createParser(text);
    }

    /**
     * The object that begins at the parser's current token.
     *
     * @throws IOException if it is not JSON
     */
    public static JsonObject object(JsonParser parser) throws IOException {
        return map(parser, Set.of());
    }

    /** The value at the parser's current token; null for JSON null. */
    public static @Nullable Object value(JsonParser parser) throws IOException {
        return value(parser, Set.of());
    }

    /**
     * Parses one JSON object.
     *
     * @param nulls texts that are read as an empty text
     */
    static JsonObject object(String line, Set<String> nulls) throws RefusedRow {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || !(value(parser, nulls) instanceof JsonObject members)
                    || parser.nextToken() != null) {
                throw new RefusedRow("not one JSON object", RefusedRow.quote(line));
            }
            return members;
        } catch (IOException malformed) {
            throw new RefusedRow("not JSON", RefusedRow.quote(line));
        }
    }

    private static @Nullable Object value(JsonParser parser, Set<String> nulls) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return null;
        }
        return switch (token) {
            case VALUE_STRING -> nulls.contains(parser.getText()) ? "" : parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case START_OBJECT -> map(parser, nulls);
            case START_ARRAY -> list(parser, nulls);
            default -> null;
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new BigDecimal(parser.getText())
                : parser.getLongValue();
    }

    private static JsonObject map(JsonParser parser, Set<String> nulls) throws IOException {
        JsonObject map = new JsonObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            Object value = value(parser, nulls);
            if (value == null) {
                map.addNull(key);
            } else {
                map.put(key, value);
            }
        }
        return map;
    }

    private static List<Object> list(JsonParser parser, Set<String> nulls) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser, nulls);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    /** Converts a value to CEL's own classes: CEL has no exact decimals, so they become doubles. */
    public static Object forCel(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ForeignJson::forCel).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, element) -> converted.put(key, forCel(element)));
            return converted;
        }
        return value;
    }
}
