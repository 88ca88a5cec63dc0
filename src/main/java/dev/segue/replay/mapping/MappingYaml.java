// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.Nearest;
import dev.segue.yaml.Problem;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping's YAML with positions, and the problems found in it. */
final class MappingYaml {
    private static final int LARGEST_CHARACTERS = 1 << 20;

    private final String file;
    private final List<String> lines;
    private final List<Problem> problems = new ArrayList<>();

    MappingYaml(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    /** The document, or null if the text is not one YAML document without aliases. */
    @Nullable
    Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problem(1, 1, "the file is empty");
            }
            return root;
        } catch (MarkedYAMLException malformed) {
            Mark mark = malformed.getProblemMark();
            String what = "not YAML: " + malformed.getProblem();
            problem(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, what);
        } catch (YAMLException malformed) {
            problem(1, 1, "not YAML: " + malformed.getMessage());
        }
        return null;
    }

    void problem(Node node, String message) {
        problem(node, 0, message);
    }

    /** @param offset of the problem in a one-line text, in characters from its start */
    void problem(Node node, int offset, String message) {
        Mark mark = node.getStartMark();
        int quote = node instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN ? 1 : 0;
        problem(mark.getLine() + 1, mark.getColumn() + 1 + (offset == 0 ? 0 : offset + quote), message);
    }

    private void problem(int line, int column, String message) {
        String source = line <= lines.size() ? lines.get(line - 1) : "";
        problems.add(new Problem(file, line, column, message, source));
    }

    /** All problems so far, ordered by position. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** The entries of a YAML mapping; unknown and duplicate keys are problems. */
    Map<String, Node> entries(Node node, Set<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        named(node).forEach((key, value) -> {
            if (known.contains(key)) {
                entries.put(key, value.value());
            } else {
                problem(value.key(), "unknown key '" + key + "'." + Nearest.hint(key, known));
            }
        });
        return entries;
    }

    /** The nodes of a key and its value. */
    record Entry(Node key, Node value) {}

    /** The entries of a YAML mapping with any keys; duplicate keys are problems. */
    Map<String, Entry> named(Node node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "expected keys with values here");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (key != null && entries.put(key, new Entry(tuple.getKeyNode(), tuple.getValueNode())) != null) {
                problem(tuple.getKeyNode(), "the key '" + key + "' is defined twice");
            }
        }
        return entries;
    }

    List<Node> list(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(node, "expected a list here");
        return List.of();
    }

    @Nullable
    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "expected a text here");
        return null;
    }
}
