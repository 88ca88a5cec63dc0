// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.KnownFacts;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** What is known of a product, as a part of a control message and as a record of the shop's topic. */
final class KnownFactsRecord {
    private static final LogicalTypes.Decimal MONEY = LogicalTypes.decimal(18, 4);

    private KnownFactsRecord() {}

    static void write(RecordWriter record, ProductFacts facts) throws IOException {
        record.text(facts.productId());
        record.whole(facts.at());
        writeStated(record, facts.fields());
        writeFollowing(record, facts.fields());
        record.map(facts.variants(), (same, own) -> {
            writeStatedOfVariant(same, own);
            writeFollowing(same, own);
        });
    }

    /** Writes the record of the shop's topic. */
    static void writeStated(RecordWriter record, ProductFacts facts) throws IOException {
        writeStated(record, facts.fields());
        record.map(facts.variants(), KnownFactsRecord::writeStatedOfVariant);
    }

    private static void writeStated(RecordWriter record, Fields fields) throws IOException {
        writeTexts(record, fields);
        record.orNull((String) fields.get("category"), RecordWriter::text);
        writeNumbers(record, fields);
        record.orNull((Instant) fields.get("launched_at"), RecordWriter::instant);
    }

    private static void writeStatedOfVariant(RecordWriter record, Fields own) throws IOException {
        writeTexts(record, own);
        writeNumbers(record, own);
    }

    private static void writeTexts(RecordWriter record, Fields fields) throws IOException {
        record.orNull((String) fields.get("name"), RecordWriter::text);
        record.orNull((String) fields.get("url"), RecordWriter::text);
        record.orNull((String) fields.get("image"), RecordWriter::text);
    }

    private static void writeNumbers(RecordWriter record, Fields fields) throws IOException {
        record.orNull((BigDecimal) fields.get("price"), (same, price) -> same.money(price, MONEY));
        record.orNull((Long) fields.get("stock"), RecordWriter::whole);
    }

    /** Writes the fields that only Segue knows. */
    private static void writeFollowing(RecordWriter record, Fields fields) throws IOException {
        record.orNull((Instant) fields.get("sold_out_at"), RecordWriter::instant);
        record.orNull((Instant) fields.get("restocked_at"), RecordWriter::instant);
    }

    static ProductFacts read(KnownFacts record) {
        Map<String, Fields> variants = new HashMap<>();
        record.getVariants().forEach((name, own) -> variants.put(name, fields(own)));
        return new ProductFacts(record.getProductId(), record.getAt().toEpochMilli(), fields(record), variants);
    }

    /** The fields have our names, in the product's record and in those of its variants. */
    private static Fields fields(SpecificRecordBase record) {
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        for (int slot = 0; slot < values.length; slot++) {
            String name = ProductFacts.TYPE.fields().get(slot).name();
            values[slot] = record.getSchema().getField(name) == null ? null : record.get(name);
        }
        return new Fields(ProductFacts.TYPE, values);
    }
}
