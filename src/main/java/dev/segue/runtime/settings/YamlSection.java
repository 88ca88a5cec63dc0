// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.InstantText;
import dev.segue.config.ZoneText;
import dev.segue.event.Nearest;
import dev.segue.value.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One level of a settings file. Reading a key marks it as known; {@link #refuseUnknown} then reports the keys that were
 * never read. Collects errors, and uses the fallback in their place.
 */
final class YamlSection {
    /** A number with a larger exponent would fill a page. */
    private static final int MOST_PLACES = 50;

    private final String path;
    private final SettingsProblems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** @param path of this section with a dot at its end; empty at the top */
    YamlSection(String path, @Nullable Node node, SettingsProblems problems) {
        this.path = path;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else if (node != null && !node.getTag().equals(Tag.NULL)) {
            problems.at(
                    line(node),
                    "'" + (path.isEmpty() ? "the file" : path.substring(0, path.length() - 1))
                            + "' must contain 'key: value' lines");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.at(line(tuple.getKeyNode()), "a key must be a word");
            return;
        }
        if (lines.put(key.getValue(), line(key)) != null) {
            problems.at(line(key), "'" + path + key.getValue() + "' is defined twice");
        }
        problems.remember(path + key.getValue(), line(key));
        values.put(key.getValue(), tuple.getValueNode());
    }

    String text(String key, String fallback) {
        String text = optionalText(key);
        return text == null ? fallback : text;
    }

    /** Null if the key is missing or has no value. */
    @Nullable
    String optionalText(String key) {
        known.add(key);
        Node node = values.get(key);
        if (node == null || node.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            return problems.resolve(line(scalar), scalar.getValue());
        }
        problems.at(line(node), "'" + path + key + "' must be one value");
        return null;
    }

    /** A list of texts, or one text. */
    List<String> texts(String key, List<String> fallback) {
        if (!(values.get(key) instanceof SequenceNode list)) {
            String text = optionalText(key);
            return text == null ? fallback : List.of(text);
        }
        known.add(key);
        List<String> texts = new ArrayList<>();
        for (Node element : list.getValue()) {
            if (element instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                texts.add(problems.resolve(line(scalar), scalar.getValue()));
            } else {
                problems.at(line(element), "'" + path + key + "' must be a list of texts");
            }
        }
        return texts;
    }

    /** Returns the node of the key, of any kind; null if the key is missing. */
    @Nullable
    Node node(String key) {
        known.add(key);
        return values.get(key);
    }

    double fraction(String key, double fallback) {
        return parse(key, fallback, text -> {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' is not a number such as 0.95", notANumber);
            }
        });
    }

    int number(String key, int fallback) {
        return parse(key, fallback, text -> {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", notANumber);
            }
        });
    }

    Duration duration(String key, Duration fallback) {
        return parse(key, fallback, DurationText::read);
    }

    /** A date (its first instant in UTC) or an instant. */
    Instant instant(String key, Instant fallback) {
        return parse(key, fallback, InstantText::read);
    }

    /** A name of the IANA time zone database. */
    ZoneId zone(String key, ZoneId fallback) {
        return parse(key, fallback, ZoneText::read);
    }

    /** @param choices the allowed words and their meanings */
    <T> T choice(String key, Map<String, T> choices, T fallback) {
        return parse(key, fallback, text -> {
            T chosen = choices.get(text);
            if (chosen == null) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            }
            return chosen;
        });
    }

    YamlSection section(String key) {
        known.add(key);
        return new YamlSection(path + key + ".", values.get(key), problems);
    }

    /** Returns every key with its text, including unknown keys. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String key : values.keySet()) {
            String text = optionalText(key);
            if (text != null) {
                all.put(key, text);
            }
        }
        return all;
    }

    /** Returns every key with its number, including unknown keys. */
    Map<String, BigDecimal> decimals() {
        Map<String, BigDecimal> decimals = new LinkedHashMap<>();
        all().keySet().forEach(key -> {
            BigDecimal number = parse(key, null, YamlSection::decimal);
            if (number != null) {
                decimals.put(key, number);
            }
        });
        return decimals;
    }

    private static BigDecimal decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) <= MOST_PLACES) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same message as an out-of-range number.
        }
        throw new IllegalArgumentException("'" + text + "' is not a number such as 0.92");
    }

    void refuseUnknown() {
        lines.forEach((key, line) -> {
            if (!known.contains(key)) {
                problems.at(line, "unknown setting '" + path + key + "'." + Nearest.hint(key, known));
            }
        });
    }

    /** Returns the supplier's result, or the fallback if a value of this section is rejected. */
    <T> T build(Supplier<T> supplier, T fallback) {
        try {
            return supplier.get();
        } catch (IllegalArgumentException refusal) {
            problems.add(path, String.valueOf(refusal.getMessage()));
            return fallback;
        }
    }

    private <T extends @Nullable Object> T parse(String key, T fallback, Parser<T> parser) {
        String text = optionalText(key);
        if (text == null) {
            return fallback;
        }
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException refusal) {
            problems.at(lines.getOrDefault(key, 0), "'" + path + key + "': " + refusal.getMessage());
            return fallback;
        }
    }

    private interface Parser<T extends @Nullable Object> {
        T parse(String text);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
