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
    /** The keys that name a definition, as a sentence lists them. */
    static final String KINDS = "'segment:', 'group:', 'trait:', 'trigger:' or 'channel:'";

    static final Set<String> COMMON = Set.of("describes", "params", "owner", "tags", "among", "population");

    /** Of definitions that decide who is in a segment. */
    private static final Set<String> OF_MEMBERSHIPS = Set.of("carry", "update", "since");

    /** By the key that names the definition, and so its kind. */
    static final Map<String, Set<String>> OF_KIND = Map.of(
            "segment", and(OF_MEMBERSHIPS, "segment", "when", "until", "for", "cooldown"),
            "group", and(OF_MEMBERSHIPS, "group", "first"),
            "trait", and(OF_MEMBERSHIPS, "trait", "when", "value"),
            "channel", Set.of("channel", "consent", "quiet", "cap"),
            "trigger",
                    Set.of(
                            "trigger",
                            "on",
                            "channel",
                            "when",
                            "wait",
                            "best_hour",
                            "quiet",
                            "cap",
                            "over_cap",
                            "consent",
                            "priority",
                            "holdout",
                            "expires",
                            "cancel",
                            "goal",
                            "send",
                            "backfilled"));

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
            Map.entry("segments", "first"),
            Map.entry("after", "wait"),
            Map.entry("payload", "send"),
            Map.entry("quiet_hours", "quiet"),
            Map.entry("caps", "cap"),
            Map.entry("limit", "cap"),
            Map.entry("control", "holdout"),
            Map.entry("ttl", "expires"),
            Map.entry("conversion", "goal"));

    private DefinitionKeys() {}

    private static Set<String> and(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /** Returns the kinds that a definition has keys of; exactly one if it is valid. A trigger also names its channel. */
    static List<String> kinds(YamlMap definition) {
        boolean isTrigger = definition.keys().contains("trigger");
        return OF_KIND.keySet().stream()
                .filter(definition.keys()::contains)
                .filter(kind -> !(isTrigger && kind.equals("channel")))
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

    /** Returns the message for a key that only other kinds of definition have. */
    private static Optional<String> otherKind(String key, String kind) {
        List<String> others = OF_KIND.entrySet().stream()
                .filter(other -> other.getValue().contains(key))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String last = others.get(others.size() - 1);
        String only = others.size() == 1
                ? "a " + last + " does."
                : String.join("s, ", others.subList(0, others.size() - 1)) + "s and " + last + "s do.";
        String instead = kind.equals("trigger") && key.equals("carry") ? " Write what is sent below 'send:'." : "";
        return Optional.of("a " + kind + " has no '" + key + "', only " + only + instead);
    }
}
