// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import dev.segue.event.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML mapping with string keys, read strictly: unexpected content becomes a problem with its place. */
public final class YamlMap {
    private static final Set<String> CONDITIONS = Set.of("when", "until");

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

    private final FileText file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final List<Problem> problems;

    private YamlMap(FileText file, Node node, List<Problem> problems) {
        this.file = file;
        this.node = node;
        this.problems = problems;
    }

    /** Returns a node's mapping; empty, with a problem added, if the node is not a mapping. */
    public static Optional<YamlMap> of(FileText file, Node node, List<Problem> problems) {
        return of(
                file,
                node,
                node instanceof SequenceNode
                        ? "this is a list. Write each definition without '-', and put a line with --- between two definitions."
                        : "a definition consists of keys and values, such as 'segment: cart-abandoned'.",
                problems);
    }

    private static Optional<YamlMap> of(FileText file, Node node, String complaint, List<Problem> problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(file.problem(node, complaint));
            return Optional.empty();
        }
        YamlMap map = new YamlMap(file, node, problems);
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(file.problem(tuple.getKeyNode(), "a key must be a plain word."));
            } else if (map.values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(file.problem(key, twice(file, key.getValue(), map.keys.get(key.getValue()))));
            } else {
                map.keys.put(key.getValue(), key);
            }
        }
        return Optional.of(map);
    }

    private static String twice(FileText file, String key, Node first) {
        return "the key '" + key + "' is defined twice, first in line "
                + file.problem(first, "").line() + ". Keep one of them."
                + (CONDITIONS.contains(key) ? " To combine them, join them with && or ||." : "");
    }

    /** @param better a more specific message for a key, if there is one */
    public void rejectUnknown(Set<String> known, Function<String, Optional<String>> better) {
        keys.forEach((key, place) -> {
            if (!known.contains(key)) {
                problems.add(file.problem(
                        place,
                        better.apply(key)
                                .orElseGet(() -> "unknown key '" + key + "'."
                                        + meant(key, known)
                                                .map(name -> " Did you mean '" + name + "'?")
                                                .orElse(" Known names: " + String.join(", ", new TreeSet<>(known))
                                                        + "."))));
            }
        });
    }

    private static Optional<String> meant(String key, Set<String> known) {
        return Optional.ofNullable(SYNONYMS.get(key.toLowerCase(Locale.ROOT)))
                .filter(known::contains)
                .or(() -> Nearest.to(key, known));
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public Node keyNode(String key) {
        return keys.get(key);
    }

    public Node value(String key) {
        return values.get(key);
    }

    public Optional<ScalarNode> required(String key) {
        if (!values.containsKey(key)) {
            problems.add(file.problem(node, "the key '" + key + "' is missing."));
        }
        return scalar(key);
    }

    /** Returns a scalar value; empty if the key is absent or, with a problem added, if the value is not a scalar. */
    public Optional<ScalarNode> scalar(String key) {
        Node value = values.get(key);
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        if (value != null) {
            problems.add(file.problem(value, "the value of '" + key + "' must be one text, not a list or a map."));
        }
        return Optional.empty();
    }

    /** Returns a scalar's text, or an empty string if the key is absent. */
    public String text(String key) {
        return scalar(key).map(ScalarNode::getValue).orElse("");
    }

    /** Returns the entries of a nested mapping with scalar values; empty if the key is absent. */
    public Map<String, ScalarNode> entries(String key) {
        Map<String, ScalarNode> entries = new LinkedHashMap<>();
        nested(key)
                .ifPresent(map ->
                        map.keys().forEach(name -> map.scalar(name).ifPresent(value -> entries.put(name, value))));
        return entries;
    }

    public Optional<YamlMap> nested(String key) {
        Node value = values.get(key);
        return value == null
                ? Optional.empty()
                : of(
                        file,
                        value,
                        "'" + key + "' takes names and values, one 'name: value' per line"
                                + (value instanceof SequenceNode ? ", not a list. Remove '-' or '[ ]'." : "."),
                        problems);
    }

    /** Returns a list of texts, or one text as a list; empty if the key is absent. */
    public List<String> strings(String key) {
        Node value = values.get(key);
        if (value instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        List<String> strings = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                if (element instanceof ScalarNode scalar) {
                    strings.add(scalar.getValue());
                } else {
                    problems.add(file.problem(element, "'" + key + "' must be a list of words."));
                }
            }
        } else if (value != null) {
            problems.add(file.problem(value, "'" + key + "' must be a list of words."));
        }
        return strings;
    }
}
