// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.ExpressionPlaces;
import java.util.List;
import java.util.Map;

/**
 * Valid definitions, with the places at which later messages about them can point.
 *
 * @param definitions in order of name
 * @param sources as they are published, in order of name
 * @param places by the definition's name
 */
public record CheckedDefinitions(
        List<Definition> definitions, List<DefinitionSource> sources, Map<String, ExpressionPlaces> places) {
    public CheckedDefinitions {
        definitions = List.copyOf(definitions);
        sources = List.copyOf(sources);
        places = Map.copyOf(places);
    }

    /** One definition with its places. */
    record Placed(Definition definition, DefinitionText text, ExpressionPlaces places) {
        Placed through(Definition channel) {
            return new Placed(definition.through(channel), text, places);
        }
    }
}
