// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import org.apache.avro.Schema;

/** A schema and its id on the wire. */
public record RegisteredSchema(int id, Schema schema) {}
