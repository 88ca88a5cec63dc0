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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads and checks mappings. */
public final class MappingReader {
    private static final Set<String> KEYS = Stream.concat(
                    DialectReader.KEYS.stream(),
                    Stream.of(
                            "mapping",
                            "describes",
                            "columns",
                            "other_columns",
                            "tables",
                            "customer",
                            "time",
                            "event_id",
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
            Columns columns = columns();
            RowExpressions expressions = new RowExpressions(yaml, new RowCel(columns, tables()));
            RowExpression customer =
                    root.scalar("customer").map(expressions::text).orElse(row -> null);
            TimeReader times = new TimeReader(yaml, expressions);
            DialectReader dialect = new DialectReader(yaml, root);
            EventId eventId = root.scalar("event_id").map(expressions::eventId).orElse(new EventId.OfLine());
            RuleReader rules = new RuleReader(yaml, vocabulary, expressions, dialect.decimalComma(), eventId);
            return new Mapping(
                    dialect.format(),
                    columns,
                    customer,
                    times.read(root),
                    times.earliest(root),
                    rules(rules),
                    expressions.conditionColumns());
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
