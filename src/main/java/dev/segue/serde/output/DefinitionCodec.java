// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.SegmentDefinition;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;

/** Definitions in Confluent's wire format. Safe for several threads. */
public final class DefinitionCodec {
    private final OutputFormat<SegmentDefinition> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public DefinitionCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, SegmentDefinition.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(DefinitionRecord definition) {
        return format.encode(record -> {
            record.text(definition.name());
            record.text(definition.version());
            record.text(definition.text());
        });
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a definition
     * @throws RegistryException if the registry is unavailable
     */
    public DefinitionRecord decode(byte[] bytes) throws BadRecord {
        SegmentDefinition record = format.decode(bytes);
        return new DefinitionRecord(record.getName(), record.getVersion(), record.getText());
    }
}
