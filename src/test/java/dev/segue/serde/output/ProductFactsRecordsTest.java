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
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] written(Schema schema, GenericData.Record record) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4)
                .putInt(registry.register("product-facts-value", schema))
                .array());
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
        Control message = new Control.Known(List.of(later, ProductFacts.withdrawn("p2", NOON + 1)));
        assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }

    @Test
    void storedFactsKeepAll() {
        ProductFacts later = whole().after(facts("stock", 0L).after(null));
        assertThat(later.fields().get("restocked_at")).isNotNull();
        assertThat(FactsCodec.read(FactsCodec.write(later))).isEqualTo(later);
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
