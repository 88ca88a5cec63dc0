package dev.segue.serde;

import dev.segue.config.RegistrySettings;
import org.apache.avro.Schema;

/** Speaks Confluent's REST API. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class HttpSchemaRegistry implements SchemaRegistry {

    public HttpSchemaRegistry(RegistrySettings settings) {}

    @Override
    public int register(String subject, Schema schema) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public Schema byId(int id) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public RegisteredSchema latest(String subject) {
        throw new UnsupportedOperationException("not written yet");
    }
}
