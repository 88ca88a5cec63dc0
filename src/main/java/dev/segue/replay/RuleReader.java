package dev.segue.replay;

import dev.cel.common.types.CelKind;
import dev.segue.event.CommonFields;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Nearest;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.event.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the rules of one mapping. */
final class RuleReader {
    private static final Set<String> KEYS =
            Set.of("when", "ignore", "type", "event_id", "group_by", "within", "fields");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|d)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private final MappingYaml yaml;
    private final Vocabulary vocabulary;
    private final RowExpressions expressions;
    private final EventId defaultEventId;

    RuleReader(MappingYaml yaml, Vocabulary vocabulary, RowExpressions expressions, EventId defaultEventId) {
        this.yaml = yaml;
        this.vocabulary = vocabulary;
        this.expressions = expressions;
        this.defaultEventId = defaultEventId;
    }

    /** The rule, or null where it is none; problems go to the YAML. */
    @Nullable
    Rule read(Node node) {
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
            return reason == null ? null : new Rule.Ignore(condition, reason);
        }
        String name = yaml.text(type);
        EventType eventType = name == null ? null : vocabulary.find(name);
        if (name != null && eventType == null) {
            List<String> names =
                    vocabulary.types().stream().map(EventType::name).toList();
            yaml.problem(type, "unknown event type '" + name + "'." + Nearest.hint(name, names));
        }
        Node id = entries.get("event_id");
        EventId eventId = id == null ? defaultEventId : expressions.eventId(id);
        Rule.Grouping grouping = grouping(entries);
        if (eventType == null) {
            return null;
        }
        List<FieldSource> sources = fields(entries.get("fields"), eventType, grouping != null);
        return new Rule.Emit(condition, eventType, eventId, grouping, sources);
    }

    private Rule.@Nullable Grouping grouping(Map<String, Node> entries) {
        Node key = entries.get("group_by");
        Node within = entries.get("within");
        if (key == null && within == null) {
            return null;
        }
        if (key == null || within == null) {
            yaml.problem(
                    key == null ? within : key,
                    "group_by and within belong together: which rows are one event, and how near in time they are");
            return null;
        }
        String text = yaml.text(within);
        Matcher duration = DURATION.matcher(text == null ? "" : text);
        if (!duration.matches()) {
            yaml.problem(within, "'" + text + "' is not a duration such as 30s, 10m, 2h or 1d");
            return null;
        }
        long millis = Long.parseLong(duration.group(1)) * UNIT_MILLIS.getOrDefault(duration.group(2), 0L);
        return new Rule.Grouping(expressions.text(key), millis);
    }

    private List<FieldSource> fields(@Nullable Node node, EventType type, boolean grouped) {
        List<FieldSource> sources = new ArrayList<>();
        if (node == null) {
            return sources;
        }
        yaml.named(node).forEach((name, entry) -> {
            int slot = type.record().slot(name);
            if (slot < 0) {
                unknownField(entry.key(), name, type.record());
            } else if (slot == CommonFields.EVENT_ID || slot == CommonFields.OCCURRED_AT) {
                yaml.problem(entry.key(), "'" + name + "' comes from the mapping's event_id and time, not from fields");
            } else {
                Clearing clearing = ProfileFields.isClearable(type, name) ? Clearing.WHERE_SAID : Clearing.NEVER;
                FieldSource source =
                        source(slot, type.record().fields().get(slot).type(), name, entry.value(), grouped, clearing);
                if (source != null) {
                    sources.add(source);
                }
            }
        });
        return sources;
    }

    private void unknownField(Node place, String name, RecordType type) {
        List<String> names = type.fields().stream().map(field -> field.name()).toList();
        yaml.problem(place, type.name() + " has no field '" + name + "'." + Nearest.hint(name, names));
    }

    /** @param usual when the lack of a value clears the field, where the mapping does not say */
    private @Nullable FieldSource source(
            int slot, FieldType type, String name, Node node, boolean grouped, Clearing usual) {
        if (!(node instanceof MappingNode)) {
            return plain(slot, type, name, node, null, usual);
        }
        Map<String, Node> parts = yaml.entries(node, Set.of("value", "sum", "lines", "times", "empty"));
        Node value = parts.get("value");
        Node sum = parts.get("sum");
        Node lines = parts.get("lines");
        BigDecimal times = times(parts.get("times"), type);
        if (value != null && sum == null && lines == null) {
            return plain(slot, type, name, value, times, clearing(parts.get("empty"), usual, name));
        }
        if (sum != null && value == null && lines == null) {
            return sum(slot, type, name, sum, times, grouped);
        }
        if (lines != null && value == null && sum == null) {
            return lines(slot, type, name, lines);
        }
        yaml.problem(node, "a field has one of value, sum and lines");
        return null;
    }

    private FieldSource.Plain plain(
            int slot, FieldType type, String name, Node node, @Nullable BigDecimal times, Clearing clearing) {
        RowExpression expression = expressions.of(node, kinds(type), type.describe());
        return new FieldSource.Plain(slot, type, name, new FieldSource.Value(expression, times), clearing);
    }

    private Clearing clearing(@Nullable Node empty, Clearing usual, String name) {
        if (empty == null) {
            return usual;
        }
        if (usual == Clearing.NEVER) {
            yaml.problem(
                    empty, "'empty' says what clears a field of the profile; '" + name + "' is none. Leave it out");
        }
        String text = yaml.text(empty);
        if (text != null && !text.equals("clear") && !text.equals("keep")) {
            yaml.problem(empty, "empty is '" + text + "'; it must be clear or keep");
        }
        return "clear".equals(text) ? Clearing.WHEREVER_EMPTY : Clearing.NEVER;
    }

    private FieldSource sum(
            int slot, FieldType type, String name, Node node, @Nullable BigDecimal times, boolean grouped) {
        if (!grouped) {
            yaml.problem(node, "there is nothing to sum without group_by; write the expression itself");
        }
        if (!isNumber(type)) {
            yaml.problem(node, "'" + name + "' is a " + type.describe() + ", which no sum can be");
        }
        RowExpression expression = expressions.of(node, kinds(FieldType.Scalar.DECIMAL), "number");
        return new FieldSource.Sum(slot, type, name, new FieldSource.Value(expression, times));
    }

    private @Nullable FieldSource lines(int slot, FieldType type, String name, Node node) {
        if (!(type instanceof FieldType.Listing listing && listing.element() instanceof FieldType.Nested nested)) {
            yaml.problem(node, "'" + name + "' is a " + type.describe() + ", not a list of records");
            return null;
        }
        RecordType line = nested.record();
        List<FieldSource.Plain> parts = new ArrayList<>();
        yaml.named(node).forEach((part, entry) -> {
            int place = line.slot(part);
            if (place < 0) {
                unknownField(entry.key(), part, line);
                return;
            }
            FieldType partType = line.fields().get(place).type();
            if (source(place, partType, part, entry.value(), false, Clearing.NEVER) instanceof FieldSource.Plain plain) {
                parts.add(plain);
            }
        });
        return new FieldSource.Lines(slot, line, parts);
    }

    private @Nullable BigDecimal times(@Nullable Node node, FieldType type) {
        String text = node == null ? null : yaml.text(node);
        if (node == null || text == null) {
            return null;
        }
        if (!isNumber(type)) {
            yaml.problem(node, "a " + type.describe() + " cannot be multiplied");
        }
        try {
            return Conversion.number(text);
        } catch (IllegalArgumentException unfit) {
            yaml.problem(node, "'" + text + "' is not a number");
            return null;
        }
    }

    private static boolean isNumber(FieldType type) {
        return type == FieldType.Scalar.DECIMAL || type == FieldType.Scalar.DOUBLE || type == FieldType.Scalar.INTEGER;
    }

    /** What an expression can be so that its values can become this type. Texts can become any scalar. */
    private static Set<CelKind> kinds(FieldType type) {
        if (type instanceof FieldType.Listing) {
            return Set.of(CelKind.LIST);
        }
        if (type instanceof FieldType.Nested || type instanceof FieldType.Mapping) {
            return Set.of(CelKind.MAP);
        }
        return switch ((FieldType.Scalar) type) {
            case BOOLEAN -> Set.of(CelKind.STRING, CelKind.BOOL);
            case INTEGER -> Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT);
            case DOUBLE, DECIMAL -> Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE);
            case STRING -> Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.BOOL);
            case TIMESTAMP -> Set.of(CelKind.STRING, CelKind.TIMESTAMP);
            case DURATION -> Set.of(CelKind.DURATION);
        };
    }
}
