// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Control messages in Confluent's wire format. Safe for several threads. */
public final class ControlCodec {
    private final OutputFormat<dev.segue.avro.Control> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public ControlCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.Control.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(Control control) {
        Instant tick = control instanceof Control.Tick time ? Instant.ofEpochMilli(time.at()) : null;
        Control.Activation activation = control instanceof Control.Activation part ? part : null;
        return format.encode(record -> {
            record.orNull(tick, RecordWriter::instant);
            record.orNull(activation, ControlCodec::write);
        });
    }

    private static void write(RecordWriter record, Control.Activation part) throws IOException {
        record.whole(part.revision());
        record.whole(part.step());
        record.whole(part.since());
        record.list(part.kept(), RecordWriter::whole);
        record.whole(part.part());
        record.whole(part.parts());
        record.list(part.records(), RecordWriter::bytes);
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a control message
     * @throws RegistryException if the registry is unavailable
     */
    public Control decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.Control record = format.decode(bytes);
        Instant tick = record.getTick();
        if (tick != null) {
            return new Control.Tick(tick.toEpochMilli());
        }
        dev.segue.avro.Activation part = record.getActivation();
        return part == null ? new Control.Unknown() : activation(part);
    }

    private static Control.Activation activation(dev.segue.avro.Activation part) throws BadRecord {
        long parts = part.getParts();
        if (part.getPart() < 1 || part.getPart() > parts || parts > LiveSetsCodec.MOST_PARTS) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED, "the activation is part " + part.getPart() + " of " + parts);
        }
        List<byte[]> records =
                part.getRecords().stream().map(TransferCodec::bytes).toList();
        return new Control.Activation(
                part.getRevision(),
                (int) part.getStep(),
                part.getSince().toEpochMilli(),
                part.getKept(),
                (int) part.getPart(),
                (int) parts,
                records);
    }
}
