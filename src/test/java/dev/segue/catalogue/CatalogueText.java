// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.segue.definition.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Generates docs/catalogue.md from the files in segments/. */
final class CatalogueText {
    /** The parts in order: the tag of their definitions, and the title. */
    static final Map<String, String> PARTS = parts();

    private static final int WIDTH = 110;
    private static final List<String> KINDS = List.of("segment", "group", "trait");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String HEAD = """
            <!-- Written from segments/ by a test. After a change there:
                 ./mvnw -q test-compile surefire:test -Dtest=CatalogueDocTest -Dsegue.golden.write=true -->
            # The catalogue

            `segments/` contains %d definitions in six parts, one file each. A **segment** contains a customer or not, a **group**
            puts a customer into at most one of several segments, and a **trait** has a value. Every threshold is one of the
            `params`, shown with its default. [language.md](language.md) explains the expressions;
            `src/test/resources/scenarios` specifies each definition event by event and to the millisecond.
            """;

    private CatalogueText() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("retargeting", "Retargeting: begun and not finished");
        parts.put("value", "Value and loyalty: orders and products");
        parts.put("lifecycle", "Lifecycle: stages of the relationship");
        parts.put("timing", "Habits and timing: when and how to contact customers");
        parts.put("profile", "Profile: person and place");
        parts.put("occasions", "Occasions and satisfaction");
        return parts;
    }

    static String write() throws IOException {
        StringBuilder text = new StringBuilder(HEAD.formatted(Shipped.DEFINITIONS.size()));
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            List<Definition> definitions = Shipped.DEFINITIONS.values().stream()
                    .filter(definition -> definition.tags().contains(part.getKey()))
                    .toList();
            text.append("\n## ").append(part.getValue()).append("\n\n| name | kind | meaning |\n|---|---|---|\n");
            for (Definition definition : definitions) {
                text.append("| [%s](#%s) | %s | %s |\n"
                        .formatted(
                                definition.name(),
                                definition.name(),
                                kind(source(definition)),
                                definition.describes().replace("|", "\\|")));
            }
            for (Definition definition : definitions) {
                describe(definition, source(definition), text);
            }
        }
        return text.toString();
    }

    private static JsonNode source(Definition definition) throws IOException {
        return YAML.readTree(Files.readString(Shipped.file(definition)));
    }

    private static String kind(JsonNode source) {
        return KINDS.stream().filter(source::has).findFirst().orElseThrow();
    }

    private static void describe(Definition definition, JsonNode source, StringBuilder text) {
        text.append("\n### ").append(definition.name()).append("\n\n");
        text.append(definition.describes()).append("\n\n");
        List<String> lines = new ArrayList<>();
        if (source.has("params")) {
            lines.add("params: "
                    + source.get("params").properties().stream()
                            .map(param -> "`%s` %s"
                                    .formatted(
                                            param.getKey(),
                                            code(param.getValue().asText())))
                            .collect(Collectors.joining(", ")));
        }
        lines.add("leaves: " + leaves(source));
        if (source.has("carry")) {
            lines.add("carries: "
                    + source.get("carry").properties().stream()
                            .map(entry -> "`" + entry.getKey() + "`")
                            .collect(Collectors.joining(", "))
                    + (definition.updateCarry() ? "; a change of these emits UPDATED" : ""));
        }
        lines.forEach(line -> text.append("* ").append(line).append('\n'));
        text.append("\n```\n");
        Set<String> rules = Set.of("when", "until", "for", "cooldown", "value");
        source.properties().forEach(entry -> {
            if (rules.contains(entry.getKey())) {
                expression(entry.getKey(), entry.getValue().asText(), text);
            } else if (entry.getKey().equals("first") || entry.getKey().equals("carry")) {
                String prefix = entry.getKey().equals("carry") ? "carry." : "";
                entry.getValue()
                        .properties()
                        .forEach(one ->
                                expression(prefix + one.getKey(), one.getValue().asText(), text));
            }
        });
        text.append("```\n");
    }

    private static String code(String value) {
        return value.contains("^") ? "`" + value + "`" : value;
    }

    private static String leaves(JsonNode source) {
        if (source.has("trait")) {
            return source.has("when") ? "when `when` no longer holds" : "when there is no value";
        }
        if (source.has("group")) {
            return "when another choice comes first, or none holds";
        }
        return source.has("until") ? "when `until` holds" : "when `when` no longer holds";
    }

    /** An expression with its name, broken before && and || if it is long. */
    private static void expression(String name, String expression, StringBuilder text) {
        text.append(name).append(":");
        int column = name.length() + 1;
        for (String piece : expression.strip().split(" (?=&& |\\|\\| |\\? |: )", -1)) {
            if (column + 1 + piece.length() > WIDTH) {
                text.append("\n   ");
                column = 3;
            }
            text.append(' ').append(piece);
            column += 1 + piece.length();
        }
        text.append('\n');
    }
}
