package dev.segue.serde.registry;

import org.apache.avro.Schema;

/**
 * Keeps schemas under ids. All methods are safe for several threads, and throw {@link RegistryException.Unreachable}
 * where the registry gives no usable answer.
 */
public interface SchemaRegistry {
    /**
     * Registers a schema as the subject's latest, unless the subject has it already.
     *
     * @return its id; the same schema has one id, in whatever subject and however often it is registered
     * @throws RegistryException.Refused where the registry will not have it, such as an incompatible one
     */
    int register(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @throws RegistryException.NotFound where the registry does not have it
     * @throws RegistryException.Unusable where it has one that can never be used
     */
    Schema byId(int id);

    /**
     * The subject's latest schema.
     *
     * @throws RegistryException.NotFound where the registry does not know the subject
     */
    RegisteredSchema latest(String subject);

    /** Gives up whatever waits for an answer, now and from now on: the application is being stopped. */
    default void stop() {}
}
