// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** Looks up the schema that a record was written with. */
public final class WriterSchema {
    private WriterSchema() {}

    /**
     * Looks up the schema.
     *
     * @throws BadRecord UNKNOWN_SCHEMA or UNUSABLE_SCHEMA, as reported by the registry
     * @throws RegistryException if the registry is unavailable: the record may be good and must wait
     */
    public static Schema of(int id, SchemaRegistry registry) throws BadRecord {
        try {
            return registry.byId(id);
        } catch (RegistryException.NotFound unknown) {
            throw new BadRecord(
                    Reason.UNKNOWN_SCHEMA, "schema id " + id + " of the record is unknown: " + unknown.getMessage());
        } catch (RegistryException.Unusable unusable) {
            throw new BadRecord(
                    Reason.UNUSABLE_SCHEMA,
                    "schema id " + id + " of the record cannot be used: " + unusable.getMessage());
        }
    }
}
