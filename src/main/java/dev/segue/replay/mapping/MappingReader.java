// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.Vocabulary;
import dev.segue.replay.file.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads and checks mappings. */
public final class MappingReader {
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
                            "events"))
            .collect(Collectors.toUnmodifiableSet());

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
        MappingYaml yaml = new MappingYaml(file, text);
        Node root = yaml.compose(text);
        Mapping mapping = root == null ? null : new Reading(yaml, root).mapping();
        if (mapping == null || !yaml.problems().isEmpty()) {
            throw new InvalidMapping(yaml.problems());
        }
        return mapping;
    }

    /** One reading. Errors are added to the YAML's problems, and reading continues with a placeholder. */
    private final class Reading {
        private final MappingYaml yaml;
        private final Node root;
        private final Map<String, Node> entries;

        Reading(MappingYaml yaml, Node root) {
            this.yaml = yaml;
            this.root = root;
            this.entries = yaml.entries(root, KEYS);
        }

        /** The mapping; not usable if there are problems. */
        @Nullable
        Mapping mapping() {
            Columns columns = columns();
            RowExpressions expressions = new RowExpressions(yaml, new RowCel(columns, tables()));
            Node customer = required("customer");
            RowExpression who = customer == null ? row -> null : expressions.text(customer);
            Node time = required("time");
            TimeReader times = new TimeReader(yaml, expressions);
            RowTime when = time == null ? new RowTime(row -> null, text -> 0) : times.read(time);
            required("format");
            DialectReader dialect = new DialectReader(yaml, entries);
            RuleReader rules =
                    new RuleReader(yaml, vocabulary, expressions, dialect.decimalComma(), eventId(expressions));
            Node events = required("events");
            List<MappingRule> read = new ArrayList<>();
            for (Node rule : events == null ? List.<Node>of() : yaml.list(events)) {
                MappingRule one = rules.read(rule);
                if (one != null) {
                    read.add(one);
                }
            }
            if (events != null && read.isEmpty() && yaml.problems().isEmpty()) {
                yaml.problem(events, "a mapping without rules reads no rows; add a rule with 'type' or 'ignore'");
            }
            return new Mapping(
                    name(),
                    dialect.format(),
                    columns,
                    who,
                    when,
                    times.earliest(time),
                    read,
                    expressions.conditionColumns(),
                    expressions.readColumns().stream().map(columns.names()::get).collect(Collectors.toSet()));
        }

        private @Nullable Node required(String key) {
            Node node = entries.get(key);
            if (node == null) {
                yaml.problem(root, "the key '" + key + "' is missing");
            }
            return node;
        }

        private String name() {
            Node node = required("mapping");
            String name = node == null ? null : yaml.text(node);
            return name == null ? "" : name;
        }

        private EventId eventId(RowExpressions expressions) {
            Node node = entries.get("event_id");
            return node == null ? new EventId.OfLine() : expressions.eventId(node);
        }

        private Columns columns() {
            Map<String, Boolean> columns = new LinkedHashMap<>();
            Node node = required("columns");
            for (Node column : node == null ? List.<Node>of() : yaml.list(node)) {
                if (column instanceof MappingNode) {
                    yaml.named(column).forEach((name, entry) -> column(columns, entry.key(), name, entry.value()));
                } else {
                    String name = yaml.text(column);
                    if (name != null) {
                        column(columns, column, name, null);
                    }
                }
            }
            Node others = entries.get("other_columns");
            String choice = others == null ? "refuse" : yaml.text(others);
            if (others != null && choice != null && !Set.of("refuse", "ignore").contains(choice)) {
                yaml.problem(others, "other_columns is refuse or ignore, not '" + choice + "'");
            }
            return new Columns(
                    List.copyOf(columns.keySet()), List.copyOf(columns.values()), "ignore".equals(choice), nulls());
        }

        private @Nullable Set<String> nulls() {
            Node node = entries.get("nulls");
            if (node == null) {
                return null;
            }
            Set<String> texts = new LinkedHashSet<>();
            for (Node element : yaml.list(node)) {
                String text = yaml.text(element);
                if (text != null) {
                    texts.add(text);
                }
            }
            return texts;
        }

        private void column(Map<String, Boolean> columns, Node place, String name, @Nullable Node type) {
            String kind = type == null ? "string" : yaml.text(type);
            if (type != null && kind != null && !Set.of("string", "json").contains(kind)) {
                yaml.problem(type, "a column is string or json, not '" + kind + "'");
            }
            if (columns.put(name, "json".equals(kind)) != null) {
                yaml.problem(place, "the column '" + name + "' is defined twice");
            }
        }

        private Map<String, Map<String, String>> tables() {
            Map<String, Map<String, String>> tables = new LinkedHashMap<>();
            Node node = entries.get("tables");
            if (node != null) {
                yaml.named(node).forEach((name, entry) -> {
                    Map<String, String> table = new LinkedHashMap<>();
                    yaml.named(entry.value()).forEach((key, value) -> {
                        String text = yaml.text(value.value());
                        if (text != null) {
                            table.put(key, text);
                        }
                    });
                    tables.put(name, table);
                });
            }
            return tables;
        }
    }
}
