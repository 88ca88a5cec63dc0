// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.EventType;
import dev.segue.event.Nearest;
import dev.segue.event.Vocabulary;
import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the rules of one mapping. */
final class RuleReader {
    private static final Set<String> KEYS =
            Set.of("when", "ignore", "type", "event_id", "time", "group_by", "within", "each", "continue", "fields");

    private final MappingYaml yaml;
    private final Vocabulary vocabulary;
    private final RowExpressions expressions;
    private final boolean decimalComma;
    private final EventId defaultEventId;

    /** @param decimalComma true if numbers are written with a decimal comma */
    RuleReader(
            MappingYaml yaml,
            Vocabulary vocabulary,
            RowExpressions expressions,
            boolean decimalComma,
            EventId defaultEventId) {
        this.yaml = yaml;
        this.vocabulary = vocabulary;
        this.expressions = expressions;
        this.decimalComma = decimalComma;
        this.defaultEventId = defaultEventId;
    }

    /** The rule, or null if it is invalid; problems are added to the YAML's. */
    @Nullable
    MappingRule read(Node node) {
        Map<String, Node> entries = yaml.entries(node, KEYS);
        Node when = entries.get("when");
        RowCondition condition = when == null ? row -> true : expressions.condition(when);
        Node ignore = entries.get("ignore");
        Node type = entries.get("type");
        if ((ignore == null) == (type == null)) {
            yaml.problem(node, "a rule has either a 'type' of event or a reason to 'ignore' rows");
            return null;
        }
        if (ignore != null) {
            String reason = yaml.text(ignore);
            return reason == null ? null : new MappingRule.Ignore(condition, reason);
        }
        return emit(type, condition, entries);
    }

    private MappingRule.@Nullable Emit emit(Node type, RowCondition condition, Map<String, Node> entries) {
        EventType eventType = eventType(type);
        MappingRule.Each each = each(entries);
        RowExpressions values = each == null ? expressions : expressions.withItem();
        Node id = entries.get("event_id");
        EventId eventId = id == null ? defaultEventId : values.eventId(id);
        Node time = entries.get("time");
        RowTime when = time == null ? null : new TimeReader(yaml, values).read(time);
        MappingRule.Grouping grouping = grouping(entries);
        boolean goesOn = goesOn(entries.get("continue"));
        if (eventType == null) {
            return null;
        }
        FieldReader fields = new FieldReader(yaml, values, decimalComma, grouping != null);
        return new MappingRule.Emit(
                condition,
                goesOn,
                eventType,
                eventId,
                when,
                grouping,
                each,
                fields.read(entries.get("fields"), eventType));
    }

    private @Nullable EventType eventType(Node type) {
        String name = yaml.text(type);
        EventType eventType = name == null ? null : vocabulary.find(name);
        if (name != null && eventType == null) {
            List<String> names =
                    vocabulary.types().stream().map(EventType::name).toList();
            yaml.problem(type, "unknown event type '" + name + "'." + Nearest.hint(name, names));
        }
        return eventType;
    }

    private MappingRule.@Nullable Each each(Map<String, Node> entries) {
        Node node = entries.get("each");
        if (node != null && entries.containsKey("group_by")) {
            yaml.problem(
                    node,
                    "a rule has either 'each', many events from one row, or 'group_by', one event from many rows");
        }
        return node == null ? null : FieldReader.each(yaml, expressions, node);
    }

    private boolean goesOn(@Nullable Node node) {
        String text = node == null ? "false" : yaml.text(node);
        if (node != null && text != null && !Set.of("true", "false").contains(text)) {
            yaml.problem(node, "'continue' is true or false, not '" + text + "'");
        }
        return "true".equals(text);
    }

    private MappingRule.@Nullable Grouping grouping(Map<String, Node> entries) {
        Node key = entries.get("group_by");
        Node within = entries.get("within");
        if (key == null && within == null) {
            return null;
        }
        if (key == null || within == null) {
            yaml.problem(
                    key == null ? within : key,
                    "group_by and within belong together: which rows form one event, and how near in time they are");
            return null;
        }
        String text = yaml.text(within);
        Optional<Duration> duration = DurationText.parse(text == null ? "" : text);
        if (duration.isEmpty()) {
            yaml.problem(within, DurationText.complaint(String.valueOf(text)));
            return null;
        }
        return new MappingRule.Grouping(expressions.text(key), duration.get().toMillis());
    }
}
