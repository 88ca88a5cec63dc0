// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.EventType;
import dev.segue.event.Nearest;
import dev.segue.event.Vocabulary;
import dev.segue.value.DurationText;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the rules of one mapping. */
final class RuleReader {
    private static final Set<String> KEYS =
            Set.of("when", "ignore", "type", "event_id", "time", "group_by", "within", "each", "continue", "fields");

    private final YamlFile yaml;
    private final Vocabulary vocabulary;
    private final RowExpressions expressions;
    private final NumberText numbers;
    private final EventId defaultEventId;
    private final @Nullable YamlMap commonFields;

    /**
     * @param commonFields sources of fields that every event has; null for none
     * @param numbers how numbers are written in texts
     */
    RuleReader(
            YamlFile yaml,
            Vocabulary vocabulary,
            RowExpressions expressions,
            NumberText numbers,
            EventId defaultEventId,
            @Nullable YamlMap commonFields) {
        this.yaml = yaml;
        this.vocabulary = vocabulary;
        this.expressions = expressions;
        this.numbers = numbers;
        this.defaultEventId = defaultEventId;
        this.commonFields = commonFields;
    }

    /** The rule; empty, with problems added, if it is invalid. */
    Optional<MappingRule> read(Node node) {
        return YamlMap.of(yaml, node, "a rule consists of names and values, such as 'type: product_viewed'.")
                .flatMap(rule -> read(node, rule));
    }

    private Optional<MappingRule> read(Node node, YamlMap rule) {
        rule.rejectUnknown(KEYS);
        RowCondition condition = rule.scalar("when").map(expressions::condition).orElse(row -> true);
        boolean ignores = rule.keys().contains("ignore");
        if (ignores == rule.keys().contains("type")) {
            yaml.problem(node, "a rule has either a 'type' of event or a reason to 'ignore' rows.");
            return Optional.empty();
        }
        return ignores
                ? rule.scalar("ignore").map(reason -> new MappingRule.Ignore(condition, reason.getValue()))
                : emit(rule, condition);
    }

    private Optional<MappingRule> emit(YamlMap rule, RowCondition condition) {
        Optional<EventType> type = rule.scalar("type").flatMap(this::eventType);
        MappingRule.Each each = each(rule);
        RowExpressions values = each == null ? expressions : expressions.withItem();
        EventId eventId = rule.scalar("event_id")
                .map(values::eventId)
                .orElse(each == null ? defaultEventId : defaultEventId.forElements());
        RowTime time = rule.keys().contains("time") ? new TimeReader(yaml, values).read(rule) : null;
        MappingRule.Grouping grouping = grouping(rule);
        boolean goesOn = rule.flag("continue", false);
        FieldReader fields = new FieldReader(yaml, values, numbers, grouping != null);
        return type.map(known -> new MappingRule.Emit(
                condition, goesOn, known, eventId, time, grouping, each, fields.read(rule, known, commonFields)));
    }

    private Optional<EventType> eventType(ScalarNode type) {
        Optional<EventType> found = Optional.ofNullable(vocabulary.find(type.getValue()));
        if (found.isEmpty()) {
            List<String> names =
                    vocabulary.types().stream().map(EventType::name).toList();
            yaml.problem(type, "unknown event type '" + type.getValue() + "'." + Nearest.hint(type.getValue(), names));
        }
        return found;
    }

    private MappingRule.@Nullable Each each(YamlMap rule) {
        Optional<ScalarNode> list = rule.scalar("each");
        if (list.isPresent() && rule.keys().contains("group_by")) {
            yaml.problem(
                    list.get(),
                    "a rule has either 'each', many events from one row, or 'group_by', one event from many rows.");
        }
        return list.map(expressions::each).orElse(null);
    }

    private MappingRule.@Nullable Grouping grouping(YamlMap rule) {
        Optional<ScalarNode> key = rule.scalar("group_by");
        Optional<ScalarNode> within = rule.scalar("within");
        if (key.isEmpty() || within.isEmpty()) {
            key.or(() -> within)
                    .ifPresent(alone -> yaml.problem(
                            alone,
                            "group_by and within belong together: which rows form one event, and how near in time they"
                                    + " are."));
            return null;
        }
        String text = within.get().getValue();
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            yaml.problem(within.get(), DurationText.complaint(text));
            return null;
        }
        return new MappingRule.Grouping(
                expressions.text(key.get()), duration.get().toMillis());
    }
}
