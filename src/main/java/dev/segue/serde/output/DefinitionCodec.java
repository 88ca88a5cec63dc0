package dev.segue.serde.output;

import dev.segue.avro.SegmentDefinition;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;

/** Definitions in Confluent's wire format. Safe for several threads. */
public final class DefinitionCodec {
    private final OutputFormat<SegmentDefinition> format;

    /** @param topic whose subject {@code <topic>-value} the schema is registered under */
    public DefinitionCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, SegmentDefinition.class);
    }

    /** @throws RegistryException where the schema cannot be registered */
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
     * @throws BadRecord where it is something else
     * @throws RegistryException where the registry cannot be asked now
     */
    public DefinitionRecord decode(byte[] bytes) throws BadRecord {
        SegmentDefinition record = format.decode(bytes);
        return new DefinitionRecord(record.getName(), record.getVersion(), record.getText());
    }
}
