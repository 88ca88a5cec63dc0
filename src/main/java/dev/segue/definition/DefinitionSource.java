// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.util.Map;

/**
 * One definition as it is published: reading it again gives the same definition with the same version.
 *
 * @param name of the definition
 * @param version see {@link Definition#version}
 * @param file where it was written, for messages
 * @param text the definition's own YAML document, without others of its file
 * @param params replaced values of params, by name, as texts; see {@link dev.segue.config.ParamOverride}
 */
public record DefinitionSource(String name, String version, String file, String text, Map<String, String> params) {
    public DefinitionSource {
        params = Map.copyOf(params);
    }

    /** Returns name and version, which identify the source. */
    public String id() {
        return Definition.id(name, version);
    }
}
