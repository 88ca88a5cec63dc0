// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Field;
import dev.segue.event.Fields;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads and writes JSON in the style that all lines of this package share. */
public final class JsonLines {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Reads fractions as BigDecimal; rejects duplicate names and text after the object. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(EventLimits.DEPTH)
                            .maxNumberLength(400)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonLines() {}

    /** The content of one JSON object. */
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static String write(Body body) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            body.writeTo(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    /**
     * Writes one object for a report that has no schema, such as that of health.
     *
     * @param values texts, instants, booleans, longs, doubles, decimals, and lists and maps of them; in their order
     */
    public static String write(Map<String, ?> values) {
        return write(json -> writeValue(json, values));
    }

    /** Any value of a field, of evidence or of carry. */
    public static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Fields nested) {
            json.writeStartObject();
            writeFields(json, nested);
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                writeValue(json, entry.getValue());
            }
            json.writeEndObject();
        } else {
            writePlain(json, value);
        }
    }

    /** Writes the set fields of a record into the object that is open. */
    static void writeFields(JsonGenerator json, Fields fields) throws IOException {
        List<Field> types = fields.type().fields();
        for (int slot = 0; slot < types.size(); slot++) {
            Object value = fields.get(slot);
            if (value != null) {
                json.writeFieldName(types.get(slot).name());
                writeValue(json, value);
            }
        }
    }

    private static void writePlain(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Instant instant) {
            // Always writes three digits of milliseconds, which Instant.toString omits if they are 0.
            json.writeString(MILLIS.format(instant));
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long whole) {
            json.writeNumber(whole);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros());
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot be written as JSON");
        }
    }

    /** A BadRecord that describes the error but does not include the text. */
    public static BadRecord malformed(JsonProcessingException problem) {
        String place = problem.getLocation() == null
                ? ""
                : " (column " + problem.getLocation().getColumnNr() + ")";
        return new BadRecord(Reason.MALFORMED, "not a JSON object" + reason(problem) + place);
    }

    /** The parser's message, without names of Java classes and of the parser. */
    private static String reason(JsonProcessingException problem) {
        if (problem instanceof JsonEOFException) {
            return ": it ends in the middle";
        }
        if (problem instanceof MismatchedInputException) {
            return ", but another kind of value";
        }
        return ": " + problem.getOriginalMessage().lines().findFirst().orElse("no reason given");
    }
}
