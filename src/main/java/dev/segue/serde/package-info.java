/**
 * The only place that converts formats: events, changes, memberships, profiles, definitions and control messages to and
 * from Avro in Confluent's wire format and JSON lines, and the registry that keeps the schemas. Avro and Jackson stay
 * inside. Read {@link dev.segue.serde.EventSchemas}, {@link dev.segue.serde.EventDecoder} and {@link
 * dev.segue.serde.SchemaRegistry} first.
 */
@NullMarked
package dev.segue.serde;

import org.jspecify.annotations.NullMarked;
