// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.Vocabulary;
import dev.segue.replay.file.Columns;
import dev.segue.yaml.FileText;
import dev.segue.yaml.Problem;
import dev.segue.yaml.YamlDocuments;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads and checks mappings. */
public final class MappingReader {
    private static final String TRACKER = "tracker_messages";

    private static final Set<String> KEYS = Stream.concat(
                    DialectReader.KEYS.stream(),
                    Stream.of(
                            "mapping",
                            "describes",
                            "columns",
                            "other_columns",
                            "nulls",
                            "tables",
                            "customer",
                            "time",
                            "event_id",
                            TRACKER,
                            "fields",
                            "events"))
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> REQUIRED = List.of("mapping", "format", "columns", "customer", "time", "events");

    private final Vocabulary vocabulary;

    /** @param vocabulary the event types that mappings can make */
    public MappingReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Reads one mapping.
     *
     * @param file its name in messages
     * @param text its content
     * @throws InvalidMapping with every problem of the file
     */
    public Mapping read(String file, String text) throws InvalidMapping {
        YamlFile yaml = new YamlFile(new FileText(file, text));
        Mapping mapping = YamlDocuments.single(yaml)
                .flatMap(root -> YamlMap.of(
                        yaml, root, "a mapping consists of names and values, such as 'mapping: shopify-orders'."))
                .map(root -> new Reading(yaml, root).mapping())
                .orElse(null);
        if (mapping == null && yaml.problems().isEmpty()) {
            yaml.problem(0, "the file has no mapping. One begins with 'mapping:'.");
        }
        if (mapping == null || !yaml.problems().isEmpty()) {
            throw new InvalidMapping(Problem.inOrder(yaml.problems()));
        }
        return mapping;
    }

    /** One reading. Errors are added to the file's problems, and reading continues with a placeholder. */
    private final class Reading {
        private final YamlFile yaml;
        private final YamlMap root;

        Reading(YamlFile yaml, YamlMap root) {
            this.yaml = yaml;
            this.root = root;
        }

        /** The mapping; not usable if there are problems. */
        Mapping mapping() {
            root.rejectUnknown(KEYS);
            REQUIRED.forEach(root::required);
            String unused = root.text("mapping");
            Columns columns = columns();
            RowExpressions expressions = new RowExpressions(yaml, new RowCel(columns, tables()));
            RowExpression customer =
                    root.scalar("customer").map(expressions::text).orElse(row -> null);
            TimeReader times = new TimeReader(yaml, expressions);
            DialectReader dialect = new DialectReader(yaml, root);
            EventId eventId = root.scalar("event_id").map(expressions::eventId).orElse(new EventId.OfLine());
            RuleReader rules = new RuleReader(
                    yaml,
                    vocabulary,
                    expressions,
                    dialect.numbers(),
                    eventId,
                    root.nested("fields").orElse(null));
            return new Mapping(
                    dialect.format(),
                    columns,
                    customer,
                    times.read(root),
                    times.earliest(root),
                    rules(rules),
                    expressions.conditionColumns(),
                    expressions.readColumns().stream().map(columns.names()::get).collect(Collectors.toSet()),
                    tracker(columns));
        }

        private @Nullable TrackerRows tracker(Columns columns) {
            if (!root.flag(TRACKER, false)) {
                return null;
            }
            List<String> missing = TrackerRows.COLUMNS.stream()
                    .filter(name -> !columns.names().contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                yaml.problem(
                        root.keyNode(TRACKER),
                        "the messages of a tracker have ids that link customers; add to 'columns': "
                                + String.join(", ", missing) + ".");
                return null;
            }
            return new TrackerRows(columns, new TrackerLinks(vocabulary));
        }

        private List<MappingRule> rules(RuleReader reader) {
            List<MappingRule> rules = root.list("events").stream()
                    .map(reader::read)
                    .flatMap(Optional::stream)
                    .toList();
            if (rules.isEmpty() && yaml.problems().isEmpty()) {
                yaml.problem(
                        root.keyNode("events"),
                        "a mapping without rules reads no rows; add a rule with 'type' or 'ignore'.");
            }
            return rules;
        }

        private Columns columns() {
            Map<String, Boolean> columns = new LinkedHashMap<>();
            for (Node column : root.list("columns")) {
                if (column instanceof ScalarNode scalar) {
                    column(columns, scalar, false);
                } else {
                    YamlMap.of(yaml, column, "a column is a name, or a name with its type, such as 'items: json'.")
                            .ifPresent(typed -> typed.keys().forEach(name -> {
                                Optional<String> type = typed.choice(name, Set.of("string", "json"));
                                column(columns, typed.keyNode(name), type.equals(Optional.of("json")));
                            }));
                }
            }
            boolean ignoreOthers = root.choice("other_columns", Set.of("refuse", "ignore"))
                    .filter("ignore"::equals)
                    .isPresent();
            return new Columns(List.copyOf(columns.keySet()), List.copyOf(columns.values()), ignoreOthers, nulls());
        }

        /** Texts that mean that there is no value; null if the mapping does not say. */
        private @Nullable Set<String> nulls() {
            if (!root.keys().contains("nulls")) {
                return null;
            }
            Set<String> texts = new LinkedHashSet<>();
            for (Node text : root.list("nulls")) {
                // As written: an unquoted NULL is YAML's null, and here the text 'NULL'.
                if (text instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                } else {
                    yaml.problem(text, "'nulls' must be a list of texts.");
                }
            }
            return texts;
        }

        private void column(Map<String, Boolean> columns, ScalarNode name, boolean json) {
            if (columns.put(name.getValue(), json) != null) {
                yaml.problem(name, "the column '" + name.getValue() + "' is defined twice.");
            }
        }

        private Map<String, Map<String, String>> tables() {
            Map<String, Map<String, String>> tables = new LinkedHashMap<>();
            root.nested("tables")
                    .ifPresent(all -> all.keys().forEach(name -> {
                        Map<String, String> table = new LinkedHashMap<>();
                        all.entries(name).forEach((key, value) -> table.put(key, value.getValue()));
                        tables.put(name, table);
                    }));
            return tables;
        }
    }
}
