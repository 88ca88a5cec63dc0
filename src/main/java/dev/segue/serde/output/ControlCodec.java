// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.time.Instant;

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
        return format.encode(record -> record.orNull(tick, RecordWriter::instant));
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a control message
     * @throws RegistryException if the registry is unavailable
     */
    public Control decode(byte[] bytes) throws BadRecord {
        Instant tick = format.decode(bytes).getTick();
        return tick == null ? new Control.Unknown() : new Control.Tick(tick.toEpochMilli());
    }
}
