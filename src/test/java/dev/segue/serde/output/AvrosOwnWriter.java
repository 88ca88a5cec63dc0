// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.serde.event.WireFormat;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Encodes a decoded record with Avro's own writer for generated classes. */
final class AvrosOwnWriter {
    private final SchemaRegistry registry;

    AvrosOwnWriter(SchemaRegistry registry) {
        this.registry = registry;
    }

    <T extends SpecificRecordBase> byte[] rewrite(String topic, Class<T> type, byte[] written)
            throws BadRecord, IOException {
        T record = new OutputFormat<>(registry, topic, type).decode(written);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireFormat.writeHeader(WireFormat.schemaId(written), bytes);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<T>(record.getSchema(), new OutputClasses()).write(record, out);
        return bytes.toByteArray();
    }
}
