// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import dev.segue.event.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML mapping with string keys, read strictly: unexpected content becomes a problem with its place. */
public final class YamlMap {
    /** Keys whose values are conditions, which can be joined. */
    private static final Set<String> CONDITIONS = Set.of("when", "until");

    private final YamlFile file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, ScalarNode> keys = new LinkedHashMap<>();

    private YamlMap(YamlFile file, MappingNode node) {
        this.file = file;
        this.node = node;
        node.getValue().forEach(this::add);
    }

    /**
     * Returns a node's mapping; empty, with a problem added, if the node is not a mapping.
     *
     * @param complaint the message of that problem
     */
    public static Optional<YamlMap> of(YamlFile file, Node node, String complaint) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlMap(file, mapping));
        }
        file.problem(node, complaint);
        return Optional.empty();
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            file.problem(tuple.getKeyNode(), "a key must be a plain word.");
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            file.problem(key, twice(key.getValue()));
        } else {
            keys.put(key.getValue(), key);
        }
    }

    private String twice(String key) {
        int first = file.text().problem(keys.get(key), "").line();
        return "the key '" + key + "' is defined twice, first in line " + first + ". Keep one of them."
                + (CONDITIONS.contains(key) ? " To combine them, join them with && or ||." : "");
    }

    /** Adds a problem for each key that is not known. */
    public void rejectUnknown(Set<String> known) {
        rejectUnknown(known, Map.of(), key -> Optional.empty());
    }

    /**
     * Adds a problem for each key that is not known.
     *
     * @param synonyms other words for known keys, in lowercase
     * @param better returns a more specific message for a key, if there is one
     */
    public void rejectUnknown(
            Set<String> known, Map<String, String> synonyms, Function<String, Optional<String>> better) {
        keys.forEach((key, place) -> {
            if (!known.contains(key)) {
                file.problem(place, better.apply(key).orElseGet(() -> unknown(key, known, synonyms)));
            }
        });
    }

    private static String unknown(String key, Set<String> known, Map<String, String> synonyms) {
        Optional<String> meant = Optional.ofNullable(synonyms.get(key.toLowerCase(Locale.ROOT)))
                .filter(known::contains)
                .or(() -> Nearest.to(key, known));
        return "unknown key '" + key + "'."
                + meant.map(name -> " Did you mean '" + name + "'?")
                        .orElse(" Known names: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** Returns the keys in the order written. */
    public Set<String> keys() {
        return keys.keySet();
    }

    /** @throws NullPointerException if the key is absent */
    public ScalarNode keyNode(String key) {
        return Objects.requireNonNull(keys.get(key));
    }

    /** Returns a value of any kind; null if the key is absent. */
    public @Nullable Node value(String key) {
        return values.get(key);
    }

    /** Returns a value of any kind; empty, with a problem added, if the key is absent. */
    public Optional<Node> required(String key) {
        if (!values.containsKey(key)) {
            file.problem(node, "the key '" + key + "' is missing.");
        }
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a scalar value; empty if the key is absent or, with a problem added, if the value is not a scalar. */
    public Optional<ScalarNode> scalar(String key) {
        Node value = values.get(key);
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        if (value != null) {
            file.problem(value, "'" + key + "' must be one value, not a list or a map.");
        }
        return Optional.empty();
    }

    /** As {@link #scalar}, with a problem added if the key is absent. */
    public Optional<ScalarNode> requiredScalar(String key) {
        return required(key).flatMap(any -> scalar(key));
    }

    /** Returns a scalar's text, or an empty string if the key is absent. */
    public String text(String key) {
        return scalar(key).map(ScalarNode::getValue).orElse("");
    }

    /** Returns a word of a few; empty if the key is absent or, with a problem added, if it is another word. */
    public Optional<String> choice(String key, Set<String> words) {
        Optional<ScalarNode> word = scalar(key);
        word.filter(node -> !words.contains(node.getValue()))
                .ifPresent(node -> file.problem(node, notOneOf(node.getValue(), words)));
        return word.map(ScalarNode::getValue).filter(words::contains);
    }

    /** Returns true or false; the usual value if the key is absent or, with a problem added, if it is another word. */
    public boolean flag(String key, boolean usual) {
        return choice(key, Set.of("true", "false")).map(Boolean::parseBoolean).orElse(usual);
    }

    /** Returns the message for a word that is not one of a few. */
    public static String notOneOf(String word, Set<String> words) {
        return "'" + word + "' is not one of " + String.join(", ", new TreeSet<>(words)) + "."
                + Nearest.hint(word, words);
    }

    /** Returns the entries of a nested mapping with scalar values; empty if the key is absent. */
    public Map<String, ScalarNode> entries(String key) {
        Map<String, ScalarNode> entries = new LinkedHashMap<>();
        nested(key)
                .ifPresent(map ->
                        map.keys().forEach(name -> map.scalar(name).ifPresent(value -> entries.put(name, value))));
        return entries;
    }

    /** Returns a nested mapping; empty if the key is absent or, with a problem added, if the value is not a mapping. */
    public Optional<YamlMap> nested(String key) {
        Node value = values.get(key);
        return value == null
                ? Optional.empty()
                : of(
                        file,
                        value,
                        "'" + key + "' takes names and values, one 'name: value' per line"
                                + (value instanceof SequenceNode ? ", not a list. Remove '-' or '[ ]'." : "."));
    }

    /** Returns the elements of a list; empty if the key is absent or, with a problem added, if it is not a list. */
    public List<Node> list(String key) {
        Node value = values.get(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null) {
            file.problem(value, "'" + key + "' must be a list.");
        }
        return List.of();
    }

    /** Returns a list of texts, or one text as a list; empty if the key is absent. */
    public List<ScalarNode> texts(String key) {
        Node value = values.get(key);
        if (value instanceof ScalarNode scalar) {
            return List.of(scalar);
        }
        List<ScalarNode> texts = new ArrayList<>();
        for (Node element : list(key)) {
            if (element instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                texts.add(scalar);
            } else {
                file.problem(element, "'" + key + "' must be a list of texts.");
            }
        }
        return texts;
    }
}
