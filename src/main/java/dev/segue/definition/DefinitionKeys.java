// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.event.Nearest;
import dev.segue.yaml.YamlMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of each kind of definition. */
final class DefinitionKeys {
    static final Set<String> COMMON =
            Set.of("describes", "params", "carry", "update", "owner", "tags", "since", "among", "population");

    /** By the key that names the definition, and so its kind. */
    static final Map<String, Set<String>> OF_KIND = Map.of(
            "segment", Set.of("segment", "when", "until", "for", "cooldown"),
            "group", Set.of("group", "first"),
            "trait", Set.of("trait", "when", "value"));

    /** Keys that people often write, and the language's keys for them. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("description", "describes"),
            Map.entry("desc", "describes"),
            Map.entry("comment", "describes"),
            Map.entry("title", "describes"),
            Map.entry("name", "segment"),
            Map.entry("condition", "when"),
            Map.entry("if", "when"),
            Map.entry("where", "when"),
            Map.entry("filter", "when"),
            Map.entry("enter", "when"),
            Map.entry("unless", "until"),
            Map.entry("exit", "until"),
            Map.entry("leave", "until"),
            Map.entry("minimum", "population"),
            Map.entry("labels", "tags"),
            Map.entry("parameters", "params"),
            Map.entry("variables", "params"),
            Map.entry("vars", "params"),
            Map.entry("constants", "params"),
            Map.entry("attributes", "carry"),
            Map.entry("data", "carry"),
            Map.entry("duration", "for"),
            Map.entry("delay", "for"),
            Map.entry("choices", "first"),
            Map.entry("segments", "first"));

    private DefinitionKeys() {}

    /** Returns the kinds that a definition has keys of; exactly one if it is valid. */
    static List<String> kinds(YamlMap definition) {
        return OF_KIND.keySet().stream()
                .filter(definition.keys()::contains)
                .sorted()
                .toList();
    }

    /** Returns a hint for a definition of no kind; empty if none of its keys is near one. */
    static String nearestKind(YamlMap definition) {
        return definition.keys().stream()
                .filter(key -> Nearest.to(key, OF_KIND.keySet()).isPresent())
                .findFirst()
                .map(key -> " '" + key + "' is not one of them." + Nearest.hint(key, OF_KIND.keySet()))
                .orElse("");
    }

    static void rejectUnknown(YamlMap definition, String kind) {
        Set<String> known = new TreeSet<>(COMMON);
        known.addAll(OF_KIND.get(kind));
        definition.rejectUnknown(known, SYNONYMS, key -> otherKind(key, kind));
    }

    /** Returns the message for a key that only another kind of definition has. */
    private static Optional<String> otherKind(String key, String kind) {
        return OF_KIND.entrySet().stream()
                .filter(other -> other.getValue().contains(key))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map(other -> "a " + kind + " has no '" + key + "', only a " + other + " does.");
    }
}
