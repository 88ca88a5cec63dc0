package dev.segue.serde.event;

import dev.segue.event.BadRecord.Reason;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** The schema that a record says it was written with. */
public final class WriterSchema {
    private WriterSchema() {}

    /**
     * Looks it up.
     *
     * @throws BadRecord UNKNOWN_SCHEMA or UNUSABLE_SCHEMA, where the registry has said so
     * @throws RegistryException where the registry cannot be asked now: the record may be good and must wait
     */
    public static Schema of(int id, SchemaRegistry registry) throws BadRecord {
        try {
            return registry.byId(id);
        } catch (RegistryException.NotFound unknown) {
            throw new BadRecord(
                    Reason.UNKNOWN_SCHEMA, "schema id " + id + " of the record is not known: " + unknown.getMessage());
        } catch (RegistryException.Unusable unusable) {
            throw new BadRecord(
                    Reason.UNUSABLE_SCHEMA,
                    "schema id " + id + " of the record cannot be used: " + unusable.getMessage());
        }
    }
}
