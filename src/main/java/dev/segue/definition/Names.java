// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the documents of all files know of each other. */
final class Names {
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> choices = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();

    /** Takes a name; where it is taken already, the place at which. */
    Optional<String> claim(String name, String place) {
        return Optional.ofNullable(places.putIfAbsent(name, place));
    }

    /** A segment, and the definition that decides it. */
    void segment(String name, String definition) {
        owners.putIfAbsent(name, definition);
    }

    /** A group, which is no segment, and its choices, which are. */
    void group(String name, List<String> segments) {
        choices.putIfAbsent(name, List.copyOf(segments));
        segments.forEach(segment -> segment(segment, name));
    }

    void refer(List<Reference> asked) {
        references.addAll(asked);
    }

    /** As {@link #refer}, in the place of what one definition asked before. */
    void referInstead(String definition, List<Reference> asked) {
        references.removeIf(reference -> reference.from().equals(definition));
        refer(asked);
    }

    /** For each segment, the definition that decides it. */
    Map<String, String> owners() {
        return owners;
    }

    /** For each group, its choices. */
    Map<String, List<String>> choices() {
        return choices;
    }

    List<Reference> references() {
        return references;
    }
}
