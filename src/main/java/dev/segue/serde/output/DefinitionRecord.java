// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

/**
 * A record of the topic of definitions.
 *
 * @param name of the segment, group or trait
 * @param version the first 12 hexadecimal digits of the text's SHA-256
 * @param text one YAML document
 */
public record DefinitionRecord(String name, String version, String text) {}
