package dev.segue.serde.registry;

import org.apache.avro.Schema;

/** A schema and the id that stands for it on the wire. */
public record RegisteredSchema(int id, Schema schema) {}
