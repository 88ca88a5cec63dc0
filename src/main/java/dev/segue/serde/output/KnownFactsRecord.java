// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.KnownFacts;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.jspecify.annotations.Nullable;

/** What is known of a product, as a part of a control message and as a record of the shop's topic. */
final class KnownFactsRecord {
    private static final LogicalTypes.Decimal MONEY = LogicalTypes.decimal(18, 4);

    /** The fields that only Segue knows are the last of the schema. */
    private static final List<String> OWN = List.of("sold_out_at", "restocked_at");

    private KnownFactsRecord() {}

    static void write(RecordWriter record, ProductFacts facts) throws IOException {
        record.text(facts.productId());
        record.whole(facts.at());
        writeStated(record, facts);
        for (String name : OWN) {
            record.orNull((Instant) facts.fields().get(name), RecordWriter::instant);
        }
    }

    /** Writes the fields that a shop states. */
    static void writeStated(RecordWriter record, ProductFacts facts) throws IOException {
        Fields fields = facts.fields();
        record.orNull((String) fields.get("name"), RecordWriter::text);
        record.orNull((String) fields.get("url"), RecordWriter::text);
        record.orNull((String) fields.get("image"), RecordWriter::text);
        record.orNull((String) fields.get("category"), RecordWriter::text);
        record.orNull((BigDecimal) fields.get("price"), (same, price) -> same.money(price, MONEY));
        record.orNull((Long) fields.get("stock"), RecordWriter::whole);
        record.orNull((Instant) fields.get("launched_at"), RecordWriter::instant);
    }

    static ProductFacts read(KnownFacts record) {
        @Nullable Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("name")] = record.getName();
        values[ProductFacts.TYPE.slot("url")] = record.getUrl();
        values[ProductFacts.TYPE.slot("image")] = record.getImage();
        values[ProductFacts.TYPE.slot("category")] = record.getCategory();
        values[ProductFacts.TYPE.slot("price")] = record.getPrice();
        values[ProductFacts.TYPE.slot("stock")] = record.getStock();
        values[ProductFacts.TYPE.slot("launched_at")] = record.getLaunchedAt();
        values[ProductFacts.TYPE.slot("sold_out_at")] = record.getSoldOutAt();
        values[ProductFacts.TYPE.slot("restocked_at")] = record.getRestockedAt();
        return new ProductFacts(
                record.getProductId(), record.getAt().toEpochMilli(), new Fields(ProductFacts.TYPE, values));
    }
}
