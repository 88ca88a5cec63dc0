// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

/**
 * One named field of a record.
 *
 * @param name snake_case, unique in its record
 * @param type the type of its values
 * @param doc one sentence with the unit, from the schema; may be empty
 */
public record Field(String name, FieldType type, String doc) {}
