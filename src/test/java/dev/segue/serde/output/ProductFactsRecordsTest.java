// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.BadRecord;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.serde.event.ProductFactsDecoder;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.serde.state.FactsCodec;
import dev.segue.serde.state.UnknownStateVersion;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of products, as bytes: the shop's, the conductor's and the stored ones. */
class ProductFactsRecordsTest {
    private static final long NOON = Instant.parse("2025-11-01T12:00:00Z").toEpochMilli();

    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final ProductFactsEncoder encoder = new ProductFactsEncoder(registry, "product-facts");
    private final ProductFactsDecoder decoder = new ProductFactsDecoder(registry);

    private static ProductFacts facts(Object... namesAndValues) {
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (int index = 0; index < namesAndValues.length; index += 2) {
            values[ProductFacts.TYPE.slot((String) namesAndValues[index])] = namesAndValues[index + 1];
        }
        return new ProductFacts("p1", NOON, new Fields(ProductFacts.TYPE, values));
    }

    private static ProductFacts whole() {
        return facts(
                "name", "Lamp",
                "url", "https://shop.example/lamp",
                "image", "https://shop.example/lamp.jpg",
                "category", "Lamps",
                "price", new BigDecimal("19.9000"),
                "stock", 3L,
                "launched_at", Instant.ofEpochMilli(NOON - 5));
    }

    /** The product with a variant that has all fields, and one that has none of its own but a price. */
    private static ProductFacts withVariants(ProductFacts product) {
        Fields large = facts(
                        "name", "Lamp, large",
                        "url", "https://shop.example/lamp?size=L",
                        "image", "https://shop.example/lamp-l.jpg",
                        "price", new BigDecimal("29.9000"),
                        "stock", 5L)
                .fields();
        Fields small = facts("price", new BigDecimal("9.9000")).fields();
        return new ProductFacts(
                product.productId(), product.at(), product.fields(), Map.of("L", large, "\u00dcber S", small));
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param record null writes no more than the schema's id */
    private byte[] written(Schema schema, GenericData.@Nullable Record record) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4)
                .putInt(registry.register("product-facts-value", schema))
                .array());
        if (record == null) {
            return bytes.toByteArray();
        }
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(record, out);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void shopsRecordIsReadAsItWasWritten() throws Exception {
        assertThat(decoder.decode(key("p1"), encoder.encode(whole()), NOON)).isEqualTo(whole());
        ProductFacts some = facts("stock", 0L);
        assertThat(decoder.decode(key("p1"), encoder.encode(some), NOON)).isEqualTo(some);
        ProductFacts variants = withVariants(whole());
        assertThat(decoder.decode(key("p1"), encoder.encode(variants), NOON)).isEqualTo(variants);
        ProductFacts onlyVariants = withVariants(ProductFacts.withdrawn("p1", NOON));
        assertThat(decoder.decode(key("p1"), encoder.encode(onlyVariants), NOON))
                .isEqualTo(onlyVariants);
    }

    @Test
    void withdrawnProductHasNoValue() throws Exception {
        assertThat(encoder.encode(ProductFacts.withdrawn("p1", NOON))).isNull();
        assertThat(decoder.decode(key("p1"), null, NOON)).isEqualTo(ProductFacts.withdrawn("p1", NOON));
    }

    @Test
    void controlMessageKeepsAll() throws Exception {
        ControlCodec codec = new ControlCodec(registry, "segue-control");
        ProductFacts later = whole().after(facts("stock", 0L).after(null));
        ProductFacts variants = withVariants(whole())
                .after(new ProductFacts(
                                "p1",
                                NOON - 1,
                                later.fields(),
                                Map.of("L", facts("stock", 0L).fields()))
                        .after(null));
        assertThat(variants.variants().get("L").get("restocked_at")).isEqualTo(Instant.ofEpochMilli(NOON));
        Control message = new Control.Known(List.of(later, variants, ProductFacts.withdrawn("p2", NOON + 1)));
        assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }

    @Test
    void storedFactsKeepAll() {
        ProductFacts later = whole().after(facts("stock", 0L).after(null));
        assertThat(later.fields().get("restocked_at")).isNotNull();
        assertThat(FactsCodec.read(FactsCodec.write(later))).isEqualTo(later);
        ProductFacts variants = withVariants(later);
        assertThat(FactsCodec.read(FactsCodec.write(variants))).isEqualTo(variants);
    }

    @Test
    void storedFactsOfAnotherVersionAreRefused() {
        byte[] stored = FactsCodec.write(whole());
        stored[0] = 1;
        assertThatThrownBy(() -> FactsCodec.read(stored))
                .isInstanceOf(UnknownStateVersion.class)
                .hasMessageContaining("stored in format 1 by another version of Segue; this version reads format 2");
    }

    @Test
    void longestRecordsWithTheMostVariantsFitIntoOneControlMessage() {
        Map<String, Fields> variants = new HashMap<>();
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("name")] = "x".repeat(62);
        values[ProductFacts.TYPE.slot("stock")] = 0L;
        Fields none = new Fields(ProductFacts.TYPE, values);
        for (int number = 1; number <= ProductFacts.MOST_VARIANTS; number++) {
            variants.put("variant " + number, none);
        }
        Fields more = facts("stock", 1L).fields();
        Map<String, Fields> later = new HashMap<>(variants);
        later.replaceAll((name, before) -> {
            Object[] next = values.clone();
            next[ProductFacts.TYPE.slot("stock")] = 1L;
            return new Fields(ProductFacts.TYPE, next);
        });
        String id = "p".repeat(512);
        ProductFacts back =
                new ProductFacts(id, NOON, more, later).after(new ProductFacts(id, NOON, none, variants).after(null));
        assertThat(encoder.encode(back)).hasSizeBetween(8_000, ProductFactsDecoder.LONGEST);
        ControlCodec codec = new ControlCodec(registry, "segue-control");
        byte[] message = codec.encode(new Control.Known(Collections.nCopies(100, back)));
        assertThat(message.length).isGreaterThan(990_000).isLessThan(1_048_576 - 10_000);
    }

    @Test
    void badVariantIsRefusedAndNamed() {
        assertRefused("stock of variant 'M' is -3; at least 0 is allowed", "M", "stock", -3L);
        assertRefused("price of variant 'M' is -0.01; at least 0 is allowed", "M", "price", new BigDecimal("-0.0100"));
        assertRefused("a variant's name is blank", " ", "stock", 1L);
        assertRefused("a variant's name has 513 characters; at most 512 are allowed", "x".repeat(513), "stock", 1L);
    }

    private void assertRefused(String message, String variant, Object... namesAndValues) {
        ProductFacts bad = new ProductFacts(
                "p1",
                NOON,
                whole().fields(),
                Map.of(variant, facts(namesAndValues).fields()));
        assertThatThrownBy(() -> decoder.decode(key("p1"), encoder.encode(bad), NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage(message);
    }

    @Test
    void productHasAtMostAHundredVariantsWithNamesOf512Characters() throws Exception {
        Map<String, Fields> variants = new HashMap<>();
        variants.put("x".repeat(512), facts("stock", 1L).fields());
        for (int number = 2; number <= 100; number++) {
            variants.put("v" + number, facts("stock", 1L).fields());
        }
        ProductFacts most = new ProductFacts("p1", NOON, whole().fields(), variants);
        assertThat(decoder.decode(key("p1"), encoder.encode(most), NOON)).isEqualTo(most);
        variants.put("v101", facts("stock", 1L).fields());
        ProductFacts tooMany = new ProductFacts("p1", NOON, whole().fields(), variants);
        assertThatThrownBy(() -> decoder.decode(key("p1"), encoder.encode(tooMany), NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage("the product has 101 variants; at most 100 are allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'array','items':{'type':'record','name':'V','fields':[{'name':'sku','type':'string'},{'name':'stock','type':'long'}]}}",
                "['null',{'type':'array','items':'string'}]",
                "{'type':'map','values':'long'}",
                "'string'",
                "{'type':'map','values':{'type':'record','name':'V','fields':[{'name':'pieces','type':'long'}]}}"
            })
    void variantsOfAnotherShapeAreRefused(String shape) throws Exception {
        Schema own = schemaWithVariants(shape);
        assertThatThrownBy(() -> decoder.decode(key("p1"), written(own, null), NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage("field 'variants' must be a map from a variant's name to a record with at least one of"
                        + " name, url, image, price, stock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'map','values':{'type':'record','name':'V','fields':[{'name':'colour','type':'string'},{'name':'stock','type':'int'}]}}",
                "['null',{'type':'map','values':['null',{'type':'record','name':'V','fields':[{'name':'colour','type':'string'},{'name':'stock','type':'int'}]}]}]"
            })
    void shopsOwnMapOfVariantsIsRead(String shape) throws Exception {
        Schema own = schemaWithVariants(shape);
        Schema map = own.getField("variants").schema();
        map = map.isUnion() ? map.getTypes().get(1) : map;
        Schema variant =
                map.getValueType().isUnion() ? map.getValueType().getTypes().get(1) : map.getValueType();
        GenericData.Record red = new GenericData.Record(variant);
        red.put("colour", "red");
        red.put("stock", 4);
        GenericData.Record record = new GenericData.Record(own);
        record.put("stock", 7L);
        record.put("variants", Map.of("red", red));
        assertThat(decoder.decode(key("p1"), written(own, record), NOON))
                .isEqualTo(new ProductFacts(
                        "p1",
                        NOON,
                        facts("stock", 7L).fields(),
                        Map.of("red", facts("stock", 4L).fields())));
    }

    private static Schema schemaWithVariants(String shape) {
        return new Schema.Parser()
                .parse(("{'type':'record','name':'ProductFacts','namespace':'dev.segue.avro','fields':["
                                + "{'name':'stock','type':'long'},{'name':'variants','type':" + shape + "}]}")
                        .replace('\'', '"'));
    }

    @Test
    void shopCannotStateWhatSegueDerives() throws Exception {
        Schema own = SchemaBuilder.record("ProductFacts")
                .namespace("dev.segue.avro")
                .fields()
                .requiredLong("stock")
                .requiredLong("sold_out_at")
                .endRecord();
        GenericData.Record record = new GenericData.Record(own);
        record.put("stock", 7L);
        record.put("sold_out_at", NOON);
        assertThat(decoder.decode(key("p1"), written(own, record), NOON)).isEqualTo(facts("stock", 7L));
    }

    @Test
    void schemaOfAnotherNameOrWithoutAnyFieldIsRefused() throws Exception {
        Schema other =
                SchemaBuilder.record("Product").fields().requiredLong("stock").endRecord();
        GenericData.Record record = new GenericData.Record(other);
        record.put("stock", 7L);
        byte[] ofOther = written(other, record);
        assertThatThrownBy(() -> decoder.decode(key("p1"), ofOther, NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage("the record's schema is 'Product', not dev.segue.avro.ProductFacts");
        Schema strange = SchemaBuilder.record("ProductFacts")
                .namespace("dev.segue.avro")
                .fields()
                .requiredLong("pieces")
                .endRecord();
        GenericData.Record pieces = new GenericData.Record(strange);
        pieces.put("pieces", 7L);
        byte[] ofStrange = written(strange, pieces);
        assertThatThrownBy(() -> decoder.decode(key("p1"), ofStrange, NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("without any of name, url, image, category, price, stock, launched_at");
    }

    @Test
    void numbersBelowZeroAreRefused() {
        assertThatThrownBy(() -> decoder.decode(key("p1"), encoder.encode(facts("stock", -3L)), NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage("stock is -3; at least 0 is allowed");
        byte[] price = encoder.encode(facts("price", new BigDecimal("-0.0100")));
        assertThatThrownBy(() -> decoder.decode(key("p1"), price, NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessage("price is -0.01; at least 0 is allowed");
    }

    @Test
    void longRecordIsRefused() {
        byte[] longest = encoder.encode(facts("name", "x".repeat(ProductFactsDecoder.LONGEST)));
        assertThatThrownBy(() -> decoder.decode(key("p1"), longest, NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("at most 8192 are allowed");
    }

    @Test
    void bytesBehindTheRecordAreRefused() {
        byte[] good = encoder.encode(whole());
        byte[] more = Arrays.copyOf(good, good.length + 1);
        assertThatThrownBy(() -> decoder.decode(key("p1"), more, NOON))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("1 bytes are left after the facts");
        byte[] less = Arrays.copyOf(good, good.length - 1);
        assertThatThrownBy(() -> decoder.decode(key("p1"), less, NOON)).isInstanceOf(BadRecord.class);
    }
}
