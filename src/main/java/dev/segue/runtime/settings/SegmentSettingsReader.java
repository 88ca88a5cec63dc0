// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import dev.segue.config.ParamOverride;
import dev.segue.config.SegmentSettings;
import dev.segue.config.SourceWord;
import dev.segue.config.WidthSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the section {@code segments}. Every word of an override keeps its position, because only the definitions can
 * show whether it fits.
 */
final class SegmentSettingsReader {
    private final String file;
    private final List<String> lines;
    private final SettingsProblems problems;
    private final List<ParamOverride> overrides = new ArrayList<>();

    /** @param text the whole settings file */
    SegmentSettingsReader(String file, String text, SettingsProblems problems) {
        this.file = file;
        this.lines = text.lines().toList();
        this.problems = problems;
    }

    SegmentSettings read(YamlSection yaml, SegmentSettings usual) {
        List<Path> directories =
                yaml
                        .texts(
                                "directories",
                                usual.directories().stream().map(Path::toString).toList())
                        .stream()
                        .map(Path::of)
                        .toList();
        readOverrides(yaml.node("overrides"));
        YamlSection widthYaml = yaml.section("width");
        int afterCustomers = widthYaml.number("after_customers", usual.width().afterCustomers());
        double nearlyEverybody =
                widthYaml.fraction("nearly_everybody", usual.width().nearlyEverybody());
        WidthSettings width = widthYaml.build(() -> new WidthSettings(afterCustomers, nearlyEverybody), usual.width());
        widthYaml.refuseUnknown();
        yaml.refuseUnknown();
        return yaml.build(() -> new SegmentSettings(directories, overrides, width), usual);
    }

    private void readOverrides(@Nullable Node node) {
        String complaint = "'segments.overrides' must list definitions, and below each its params, such as"
                + " 'cart-abandoned: {quiet: 30m}'";
        forEach(node, complaint, (segment, params) -> {
            String inside = "'" + segment.text() + "' must list params and their values, such as 'quiet: 30m'";
            forEach(params, inside, (param, value) -> {
                if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                    overrides.add(new ParamOverride(segment, param, word(scalar)));
                } else {
                    problem(value, "the param '" + param.text() + "' must have one value");
                }
            });
        });
    }

    private void forEach(@Nullable Node node, String complaint, BiConsumer<SourceWord, Node> entry) {
        if (node == null || node.getTag().equals(Tag.NULL)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            problem(node, complaint);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(tuple.getKeyNode(), "a key must be a word");
            } else if (!seen.add(key.getValue())) {
                problem(key, "'" + key.getValue() + "' is defined twice");
            } else {
                entry.accept(word(key), tuple.getValueNode());
            }
        }
    }

    private void problem(Node node, String message) {
        problems.at(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message);
    }

    private SourceWord word(ScalarNode node) {
        int line = node.getStartMark().getLine();
        return new SourceWord(
                problems.resolve(line + 1, node.getValue()),
                file,
                line + 1,
                node.getStartMark().getColumn() + 1,
                line < lines.size() ? lines.get(line) : "");
    }
}
