// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import org.apache.avro.Schema;

/**
 * Keeps schemas under ids. All methods are safe for several threads, and throw {@link RegistryException.Unreachable} if
 * the registry gives no usable response.
 */
public interface SchemaRegistry {
    /** A schema and its id on the wire. */
    record Registered(int id, Schema schema) {}

    /**
     * Registers a schema as the subject's latest, unless the subject already has it.
     *
     * @return its id; equal schemas have one id, in any subject and however often they are registered
     * @throws RegistryException.Refused if the registry rejects the schema, for example as incompatible
     */
    int register(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @throws RegistryException.NotFound if the registry does not have it
     * @throws RegistryException.Unusable if the schema can never be used
     */
    Schema byId(int id);

    /**
     * The subject's latest schema.
     *
     * @throws RegistryException.NotFound if the subject is unknown
     */
    Registered latest(String subject);

    /** Cancels all waits for responses, now and later: the application is stopping. */
    default void stop() {}
}
