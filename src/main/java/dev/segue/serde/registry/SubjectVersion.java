// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

/**
 * One version of a subject.
 *
 * @param version from 1
 * @param id the schema's id on the wire
 * @param schema Avro's JSON
 */
public record SubjectVersion(String subject, int version, int id, String schema) {}
