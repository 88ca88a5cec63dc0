// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.CsvDialect;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the file format and CSV dialect of a mapping. */
final class DialectReader {
    static final Set<String> KEYS = Set.of("format", "separator", "quote", "escape", "header", "decimal", "array");
    private static final Set<String> FORMATS = Set.of("csv", "jsonl");
    private static final List<String> CSV_ONLY = List.of("separator", "quote", "escape", "header");
    private static final Map<String, String> SEPARATOR_NAMES =
            Map.of("tab", "\t", "comma", ",", "semicolon", ";", "pipe", "|");

    private final YamlFile yaml;
    private final YamlMap mapping;

    DialectReader(YamlFile yaml, YamlMap mapping) {
        this.yaml = yaml;
        this.mapping = mapping;
    }

    Mapping.Format format() {
        Optional<ScalarNode> format = mapping.scalar("format");
        format.filter(node -> !FORMATS.contains(node.getValue()))
                .ifPresent(node -> yaml.problem(node, unknownFormat(node.getValue())));
        return format.map(ScalarNode::getValue).filter("jsonl"::equals).isPresent() ? json() : csv();
    }

    private static String unknownFormat(String format) {
        return YamlMap.notOneOf(format, FORMATS)
                + switch (format) {
                    case "json" -> " One object per line is jsonl, a file that is one array is jsonl with array: true.";
                    case "tsv" -> " Write csv with separator: tab.";
                    default -> "";
                };
    }

    private Mapping.Format json() {
        reject(CSV_ONLY, "csv");
        return new Mapping.Format.Json(mapping.flag("array", false));
    }

    private void reject(List<String> keys, String format) {
        for (String key : keys) {
            if (mapping.keys().contains(key)) {
                yaml.problem(mapping.keyNode(key), "'" + key + "' is for format: " + format + ".");
            }
        }
    }

    private Mapping.Format csv() {
        reject(List.of("array"), "jsonl");
        char separator = separator();
        int quote = character("quote", separator == '\t' ? CsvDialect.NONE : '"');
        int escape = character("escape", CsvDialect.NONE);
        if (quote == separator || escape == separator) {
            mapping.scalar(quote == separator ? "quote" : "escape")
                    .ifPresent(place -> yaml.problem(place, "the separator cannot also be the quote or the escape."));
        }
        // A doubled quote is always read as one, which is all that an escape equal to the quote means.
        int distinct = escape == quote ? CsvDialect.NONE : escape;
        return new Mapping.Format.Csv(new CsvDialect(separator, quote, distinct, mapping.flag("header", true)));
    }

    private char separator() {
        Optional<ScalarNode> node = mapping.scalar("separator");
        String text = node.map(ScalarNode::getValue).orElse(",");
        String separator = SEPARATOR_NAMES.getOrDefault(text, text);
        if (node.isPresent() && separator.length() != 1) {
            yaml.problem(
                    node.get(),
                    "the separator is one character, such as \";\", or one of the words tab, comma, semicolon and pipe.");
            return ',';
        }
        return separator.charAt(0);
    }

    private int character(String key, int otherwise) {
        Optional<ScalarNode> node = mapping.scalar(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        String text = node.get().getValue();
        if (text.equals("none")) {
            return CsvDialect.NONE;
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            yaml.problem(node.get(), "'" + key + "' is one character or the word none.");
            return otherwise;
        }
        return text.charAt(0);
    }

    /** How numbers are written in texts. */
    NumberText numbers() {
        return mapping.choice("decimal", NumberText.LABELS.keySet())
                .map(NumberText.LABELS::get)
                .orElse(NumberText.POINT);
    }
}
