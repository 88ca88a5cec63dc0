// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.serde.registry.MemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writers with other versions of a schema, simulated with Avro's own writer. */
class SchemaEvolutionTest {
    private static final String HEAD = "{\"name\":\"event_id\",\"type\":\"string\"},"
            + "{\"name\":\"occurred_at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}}";
    private static final String DECIMAL_4 = decimal(4);

    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private static final String RECURSIVE = "{\"type\":\"record\",\"name\":\"Tree\",\"fields\":"
            + "[{\"name\":\"below\",\"type\":{\"type\":\"array\",\"items\":\"Tree\"}}]}";

    private final EventDecoder decoder = new EventDecoder(SampleEvents.SCHEMAS, registry);

    @TempDir
    Path directory;

    @Test
    void skipsUnknownFields() throws Exception {
        Schema writer = writer(
                field("u1", "\"int\""),
                field("u2", "\"bytes\""),
                field("u3", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}"),
                field("u4", "{\"type\":\"map\",\"values\":[\"null\",\"double\"]}"),
                field("u5", RECURSIVE),
                field("u6", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"),
                field("u7", "\"float\""),
                field("u8", "\"boolean\""),
                field("product_id", "\"string\""));
        GenericData.Record leaf = new GenericData.Record(writer.getField("u5").schema());
        leaf.put("below", List.of());
        GenericData.Record tree = new GenericData.Record(writer.getField("u5").schema());
        tree.put("below", List.of(leaf, leaf));
        Fields fields = decode(
                writer,
                Map.of(
                        "u1",
                        7,
                        "u2",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        "u3",
                        new GenericData.Fixed(writer.getField("u3").schema(), new byte[3]),
                        "u4",
                        Map.of("a", 1.5),
                        "u5",
                        tree,
                        "u6",
                        new GenericData.EnumSymbol(writer.getField("u6").schema(), "B"),
                        "u7",
                        1f,
                        "u8",
                        true,
                        "product_id",
                        "p1"));
        assertThat(fields.get("product_id")).isEqualTo("p1");
        assertThat(fields.get("name")).isNull();
    }

    @Test
    void limitsDepthOfRecursiveRecords() throws Exception {
        Schema writer = writer(field(
                "tree",
                "{\"type\":\"record\",\"name\":\"Tree\",\"fields\":[{\"name\":\"below\",\"type\":"
                        + "[\"null\",\"Tree\"]}]}"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(registry.register("a", writer), bytes);
        bytes.writeBytes(new byte[] {2, 'e', 2});
        for (int depth = 0; depth < 100_000; depth++) {
            bytes.write(2);
        }
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes.toByteArray()));
        assertThat(bad.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void countsElementsWithoutBytes() throws Exception {
        Schema writer = writer(field("nothings", "{\"type\":\"array\",\"items\":\"null\"}"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(registry.register("a", writer), bytes);
        bytes.writeBytes(
                new byte[] {2, 'e', 2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0});
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes.toByteArray()));
        assertThat(bad.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void widensNumbers() throws Exception {
        Map<String, Object> threes = Map.of("\"int\"", 3, "\"long\"", 3L, "\"float\"", 3f, "\"double\"", 3.0);
        for (Map.Entry<String, Object> three : threes.entrySet()) {
            Schema writer = writer(field("quantity", three.getKey()));
            assertThat(decode(writer, Map.of("quantity", three.getValue())).get("quantity"))
                    .isEqualTo(3.0);
        }
        assertThat(decode(writer(field("position", "\"int\"")), Map.of("position", -3))
                        .get("position"))
                .isEqualTo(-3L);
    }

    @Test
    void readsMixedValuesOfAnyWriter() throws Exception {
        Map<String, Object> ones = Map.of("\"int\"", 1, "\"long\"", 1L, "\"float\"", 1f, "\"double\"", 1.0);
        for (Map.Entry<String, Object> one : ones.entrySet()) {
            assertThat(properties("{\"type\":\"map\",\"values\":" + one.getKey() + "}", Map.of("n", one.getValue())))
                    .isEqualTo(Map.of("n", 1.0));
        }
        assertThat(properties(
                        "[\"null\",{\"type\":\"map\",\"values\":[\"boolean\",\"long\",\"string\"]}]",
                        Map.of("n", 1L, "t", "one", "f", true)))
                .isEqualTo(Map.of("n", 1.0, "t", "one", "f", true));
        assertThat(catchThrowableOfType(
                        BadRecord.class,
                        () -> properties("{\"type\":\"map\",\"values\":[\"null\",\"string\"]}", mapWithNull())))
                .hasMessageContaining("properties has a null element");
        assertThat(catchThrowableOfType(
                        BadRecord.class, () -> properties("{\"type\":\"map\",\"values\":\"bytes\"}", Map.of())))
                .hasMessageContaining("cannot be read as text, number or flag");
    }

    private static Map<String, Object> mapWithNull() {
        Map<String, Object> map = new HashMap<>();
        map.put("t", null);
        return map;
    }

    private Object properties(String type, Map<String, Object> value) throws Exception {
        Schema writer = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"CustomEvent\",\"namespace\":\"dev.segue.events\",\"fields\":["
                        + HEAD + "," + field("properties", type) + "]}");
        return decode(writer, Map.of("properties", value)).get("properties");
    }

    @Test
    void convertsDecimalOfOtherScale() throws Exception {
        assertThat(price(decimal(2), 1999)).isEqualTo(new BigDecimal("19.9900"));
        assertThat(price(decimal(6), 19990000)).isEqualTo(new BigDecimal("19.9900"));
        assertThat(price(DECIMAL_4, -1)).isEqualTo(new BigDecimal("-0.0001"));
        assertThat(price("[\"null\"," + decimal(2) + "]", 5)).isEqualTo(new BigDecimal("0.0500"));
    }

    @Test
    void refusesUnfitDecimal() {
        BadRecord inexact = catchThrowableOfType(BadRecord.class, () -> price(decimal(6), 1));
        assertThat(inexact).hasMessageContaining("price is 0.000001; it must be a decimal");
        BadRecord large = catchThrowableOfType(BadRecord.class, () -> price(DECIMAL_4, 1_000_000_000_000_000_000L));
        assertThat(large.reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void readsMicrosecondsAndPlainLongs() throws Exception {
        assertThat(decode(
                                writer(field(
                                        "launched_at", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}")),
                                Map.of("launched_at", 1_700_000_000_123_999L))
                        .get("launched_at"))
                .isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
        assertThat(decode(writer(field("launched_at", "\"long\"")), Map.of("launched_at", 5L))
                        .get("launched_at"))
                .isEqualTo(Instant.ofEpochMilli(5));
    }

    @Test
    void readsNewEnumSymbolAsText() throws Exception {
        Schema writer = writer(field("brand", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"NEW\"]}"));
        Fields fields = decode(
                writer,
                Map.of(
                        "brand",
                        new GenericData.EnumSymbol(writer.getField("brand").schema(), "NEW")));
        assertThat(fields.get("brand")).isEqualTo("NEW");
    }

    @Test
    void refusesOnlyRecordsWithUnreadableBranch() throws Exception {
        Schema writer = writer(field("product_id", "[\"null\",\"long\",\"string\"]"));
        assertThat(decode(writer, Map.of("product_id", "p")).get("product_id")).isEqualTo("p");
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decode(writer, Map.of("product_id", 7L)));
        assertThat(bad.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void refusesNaNAndInfinity() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            BadRecord bad = catchThrowableOfType(
                    BadRecord.class, () -> decode(writer(field("quantity", "\"double\"")), Map.of("quantity", number)));
            assertThat(bad).hasMessage("quantity is " + number + "; it must be a number");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "product_id | \"long\" | field 'product_id' was written as long, which cannot be read as string",
                "price | \"double\" | field 'price' was written as double, which cannot be read as decimal",
                "position | \"string\" | field 'position' was written as string, which cannot be read as whole number",
                "position | [\"null\",\"string\"] | field 'position' was written as string, which cannot be read as whole number",
                "launched_at | \"int\" | field 'launched_at' was written as int, which cannot be read as timestamp",
                "device | \"string\" | field 'device' was written as string, which cannot be read as Device",
            })
    void namesIncompatibleField(String name, String type, String message) throws Exception {
        Schema writer = writer(field(name, type));
        byte[] bytes = {0, 0, 0, 0, (byte) registry.register("a", writer)};
        for (int again = 0; again < 2; again++) {
            BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes));
            assertThat(bad).hasMessage(message);
            assertThat(bad.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        }
    }

    @Test
    void refusesWriterWithoutIdOrTime() {
        Schema writer = new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"dev.segue.events\","
                        + "\"name\":\"ProductViewed\",\"fields\":[" + HEAD.substring(0, HEAD.indexOf("},") + 1) + "]}");
        byte[] bytes = {0, 0, 0, 0, (byte) registry.register("a", writer)};
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes));
        assertThat(bad).hasMessage("dev.segue.events.ProductViewed was written without 'occurred_at'");
    }

    @Test
    void namesUnknownEventType() {
        Schema other = new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"dev.segue.events\","
                        + "\"name\":\"ProductVeiwed\",\"fields\":[" + HEAD + "]}");
        byte[] bytes = {0, 0, 0, 0, (byte) registry.register("a", other)};
        BadRecord bad = catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", bytes));
        assertThat(bad.reason()).isEqualTo(Reason.UNKNOWN_EVENT_TYPE);
        assertThat(bad)
                .hasMessage("the record's schema 'dev.segue.events.ProductVeiwed' is not an event type."
                        + " Did you mean 'dev.segue.events.ProductViewed'?");
        byte[] text = {0, 0, 0, 0, (byte) registry.register("b", Schema.create(Schema.Type.STRING))};
        assertThat(catchThrowableOfType(BadRecord.class, () -> decoder.decode("ann", text))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_EVENT_TYPE);
    }

    /** A user renamed a type and a field, with aliases. */
    @Test
    void resolvesAliases() throws Exception {
        Files.writeString(
                directory.resolve("a.avsc"),
                "{\"type\":\"record\",\"namespace\":\"shop\",\"name\":\"ItemSeen\","
                        + "\"aliases\":[\"dev.segue.events.ProductViewed\"],\"fields\":[" + HEAD
                        + ",{\"name\":\"item\",\"aliases\":[\"product_id\"],\"type\":[\"null\",\"string\"],\"default\":null}]}");
        EventDecoder renamed = new EventDecoder(EventSchemas.read(directory), registry);
        byte[] bytes = encode(writer(field("product_id", "\"string\"")), Map.of("product_id", "p1"));
        assertThat(renamed.decode("ann", bytes).fields().get("item")).isEqualTo("p1");
        assertThat(renamed.decode("ann", bytes).type().name()).isEqualTo("item_seen");
    }

    /**
     * The language has fewer types than Avro, so an event can contain a value that a user's narrower schema cannot
     * hold.
     */
    @Test
    void namesValueThatNarrowerSchemaCannotHold() throws Exception {
        Files.writeString(
                directory.resolve("a.avsc"),
                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[" + HEAD
                        + optional("level", "{\"type\":\"enum\",\"name\":\"L\",\"symbols\":[\"LOW\",\"HIGH\"]}")
                        + optional("small", "\"int\"")
                        + optional(
                                "cents", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}")
                        + optional("micros", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}")
                        + optional("half", "\"float\"") + "]}");
        EventSchemas schemas = EventSchemas.read(directory);
        EventJson json = new EventJson(schemas.vocabulary());
        EventEncoder encoder = new EventEncoder(schemas, registry);
        String start = "{\"type\":\"a\",\"customer_id\":\"ann\",\"event_id\":\"e\",\"occurred_at\":1700000000000,";
        Event good = json.read(start + "\"level\":\"HIGH\",\"small\":2147483647,\"cents\":0.01,"
                + "\"micros\":\"2025-11-01T10:00:00.007Z\",\"half\":0.5}");
        assertThat(new EventDecoder(schemas, registry)
                        .decode("ann", encoder.encode(good))
                        .fields())
                .isEqualTo(good.fields());
        Map<String, String> refused = Map.of(
                "\"level\":\"HIHG\"}", "'HIHG' is not a symbol of L. Did you mean 'HIGH'?",
                "\"small\":2147483648}", "field 'small' of a is 2147483648, which its schema cannot hold",
                "\"cents\":0.001}", "field 'cents' of a is 0.0010, which its schema cannot hold");
        for (Map.Entry<String, String> entry : refused.entrySet()) {
            Event event = json.read(start + entry.getKey());
            assertThatThrownBy(() -> encoder.encode(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(entry.getValue());
        }
    }

    private static String optional(String name, String type) {
        return ",{\"name\":\"" + name + "\",\"type\":[\"null\"," + type + "],\"default\":null}";
    }

    private Object price(String type, long unscaled) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(BigInteger.valueOf(unscaled).toByteArray());
        return decode(writer(field("price", type)), Map.of("price", bytes)).get("price");
    }

    private Fields decode(Schema writer, Map<String, Object> values) throws Exception {
        return decoder.decode("ann", encode(writer, values)).fields();
    }

    private byte[] encode(Schema writer, Map<String, Object> values) throws IOException {
        GenericData.Record written = new GenericData.Record(writer);
        written.put("event_id", "e1");
        written.put("occurred_at", 1_700_000_000_000L);
        values.forEach(written::put);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(registry.register("subject", writer), bytes);
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(writer).write(written, out);
        out.flush();
        return bytes.toByteArray();
    }

    private static Schema writer(String... fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"namespace\":\"dev.segue.events\",\"name\":\"ProductViewed\","
                        + "\"fields\":[" + HEAD + "," + String.join(",", fields) + "]}");
    }

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private static String decimal(int scale) {
        return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":" + scale + "}";
    }
}
