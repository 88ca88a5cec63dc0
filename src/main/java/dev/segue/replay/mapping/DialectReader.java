// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.CsvDialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the file format and CSV dialect of a mapping. */
final class DialectReader {
    static final Set<String> KEYS = Set.of("format", "separator", "quote", "escape", "header", "decimal", "array");
    private static final List<String> CSV_ONLY = List.of("separator", "quote", "escape", "header");
    private static final Map<String, String> SEPARATOR_NAMES =
            Map.of("tab", "\t", "comma", ",", "semicolon", ";", "pipe", "|");

    private final MappingYaml yaml;
    private final Map<String, Node> entries;

    DialectReader(MappingYaml yaml, Map<String, Node> entries) {
        this.yaml = yaml;
        this.entries = entries;
    }

    Mapping.Format format() {
        Node node = entries.get("format");
        String format = node == null ? "csv" : yaml.text(node);
        if (node != null && format != null && !Set.of("csv", "jsonl").contains(format)) {
            yaml.problem(
                    node,
                    "the format is csv or jsonl, not '" + format + "'"
                            + (format.equals("json")
                                    ? "; one object per line is jsonl, a file that is one array is jsonl"
                                            + " with array: true"
                                    : format.equals("tsv") ? "; write csv with separator: tab" : ""));
        }
        return "jsonl".equals(format) ? json() : csv();
    }

    private Mapping.Format json() {
        for (String key : CSV_ONLY) {
            Node node = entries.get(key);
            if (node != null) {
                yaml.problem(node, "'" + key + "' is for csv; this mapping is for JSON");
            }
        }
        return new Mapping.Format.Json(bool("array", false));
    }

    private Mapping.Format csv() {
        Node array = entries.get("array");
        if (array != null) {
            yaml.problem(array, "'array' is for format: jsonl");
        }
        char separator = separator();
        int quote = quote(separator);
        int escape = character("escape", CsvDialect.NONE);
        if (quote == separator || escape == separator) {
            Node place = entries.get(quote == separator ? "quote" : "escape");
            if (place != null) {
                yaml.problem(place, "the separator cannot also be the quote or the escape");
            }
        }
        // A doubled quote is always read as one, which is all that an escape equal to the quote means.
        int distinct = escape == quote ? CsvDialect.NONE : escape;
        return new Mapping.Format.Csv(new CsvDialect(separator, quote, distinct, bool("header", true)));
    }

    private char separator() {
        Node node = entries.get("separator");
        String text = node == null ? "," : yaml.text(node);
        String separator = text == null ? "," : SEPARATOR_NAMES.getOrDefault(text, text);
        if (node != null && separator.length() != 1) {
            yaml.problem(
                    node,
                    "the separator is one character, such as \";\", or one of the words tab, comma, semicolon and pipe");
            return ',';
        }
        return separator.charAt(0);
    }

    private int quote(char separator) {
        return character("quote", separator == '\t' ? CsvDialect.NONE : '"');
    }

    private int character(String key, int otherwise) {
        Node node = entries.get(key);
        String text = node == null ? null : yaml.text(node);
        if (node == null || text == null) {
            return otherwise;
        }
        if (text.equals("none")) {
            return CsvDialect.NONE;
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            yaml.problem(node, "'" + key + "' is one character or the word none");
            return otherwise;
        }
        return text.charAt(0);
    }

    private boolean bool(String key, boolean otherwise) {
        Node node = entries.get(key);
        String text = node == null ? null : yaml.text(node);
        if (node == null || text == null) {
            return otherwise;
        }
        if (!Set.of("true", "false").contains(text)) {
            yaml.problem(node, "'" + key + "' is true or false, not '" + text + "'");
            return otherwise;
        }
        return text.equals("true");
    }

    /** Returns true if numbers have a decimal comma. */
    boolean decimalComma() {
        Node node = entries.get("decimal");
        String text = node == null ? null : yaml.text(node);
        if (node != null && text != null && !Set.of(".", ",").contains(text)) {
            yaml.problem(node, "decimal is '.' or ',', not '" + text + "'");
        }
        return ",".equals(text);
    }
}
