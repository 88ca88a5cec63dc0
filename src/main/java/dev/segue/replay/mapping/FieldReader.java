// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.types.CelKind;
import dev.segue.event.CommonFields;
import dev.segue.event.EventType;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Nearest;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the sources of the fields of one rule's events. */
final class FieldReader {
    private static final Set<String> PARTS = Set.of("value", "sum", "lines", "each", "times", "empty");
    private static final List<String> SOURCES = List.of("value", "sum", "lines");

    private final YamlFile yaml;
    private final RowExpressions expressions;
    private final NumberText numbers;
    private final boolean grouped;

    /**
     * @param numbers how numbers are written in texts
     * @param grouped true if several rows become one event
     */
    FieldReader(YamlFile yaml, RowExpressions expressions, NumberText numbers, boolean grouped) {
        this.yaml = yaml;
        this.expressions = expressions;
        this.numbers = numbers;
        this.grouped = grouped;
    }

    /**
     * The sources of the fields of a rule's events; problems are added to the file's.
     *
     * @param common sources of common fields, which the rule's own override; null for none
     */
    List<FieldSource> read(YamlMap rule, EventType type, @Nullable YamlMap common) {
        List<FieldSource> sources = new ArrayList<>();
        Optional<YamlMap> own = rule.nested("fields");
        Set<String> ownNames = own.map(YamlMap::keys).orElse(Set.of());
        if (common != null) {
            for (String name : common.keys()) {
                if (!CommonFields.NAMES.contains(name)) {
                    yaml.problem(
                            common.keyNode(name),
                            "'" + name + "' is not a field of every event; set it in the rules."
                                    + Nearest.hint(name, CommonFields.NAMES));
                } else if (!ownNames.contains(name)) {
                    add(common, name, type, sources);
                }
            }
        }
        own.ifPresent(fields -> fields.keys().forEach(name -> add(fields, name, type, sources)));
        return sources;
    }

    private void add(YamlMap fields, String name, EventType type, List<FieldSource> sources) {
        int slot = type.record().slot(name);
        if (slot == CommonFields.EVENT_ID || slot == CommonFields.OCCURRED_AT) {
            yaml.problem(
                    fields.keyNode(name),
                    "'" + name + "' comes from the mapping's event_id and time, not from fields.");
        } else {
            Clearing usual = ProfileFields.isClearable(type, name) ? Clearing.WHERE_SAID : Clearing.NEVER;
            source(fields, name, type.record(), usual).ifPresent(sources::add);
        }
    }

    /**
     * @param fields the sources of all fields of the record
     * @param usual when a missing value clears the field, unless the mapping overrides it
     */
    private Optional<? extends FieldSource> source(YamlMap fields, String name, RecordType record, Clearing usual) {
        int slot = record.slot(name);
        if (slot < 0) {
            List<String> names = record.fields().stream().map(Field::name).toList();
            yaml.problem(
                    fields.keyNode(name), record.name() + " has no field '" + name + "'." + Nearest.hint(name, names));
            return Optional.empty();
        }
        Target target = new Target(slot, record.fields().get(slot).type(), name);
        if (!(fields.value(name) instanceof MappingNode node)) {
            return fields.scalar(name).map(value -> plain(target, value, null, usual));
        }
        return fields.nested(name).flatMap(parts -> composed(target, node, parts, usual));
    }

    /** The field that a source is for. */
    private record Target(int slot, FieldType type, String name) {}

    private Optional<? extends FieldSource> composed(Target target, MappingNode node, YamlMap parts, Clearing usual) {
        parts.rejectUnknown(PARTS);
        if (parts.keys().contains("each") && !parts.keys().contains("lines")) {
            yaml.problem(parts.keyNode("each"), "'each' belongs to 'lines': one line for each element of that list.");
        }
        BigDecimal times = parts.scalar("times")
                .map(factor -> times(factor, target.type()))
                .orElse(null);
        List<String> sources = SOURCES.stream().filter(parts.keys()::contains).toList();
        if (sources.size() != 1) {
            yaml.problem(node, "a field has one of value, sum and lines.");
            return Optional.empty();
        }
        return switch (sources.get(0)) {
            case "value" ->
                parts.scalar("value").map(value -> plain(target, value, times, clearing(parts, usual, target.name())));
            case "sum" -> parts.scalar("sum").map(sum -> sum(target, sum, times));
            default -> lines(target, parts);
        };
    }

    private FieldSource.Plain plain(Target target, ScalarNode node, @Nullable BigDecimal times, Clearing clearing) {
        RowExpression any =
                expressions.of(node, kinds(target.type()), target.type().describe());
        RowExpression expression = number(target.type(), target.name(), any);
        return new FieldSource.Plain(
                target.slot(), target.type(), target.name(), new FieldSource.Value(expression, times), clearing);
    }

    private Clearing clearing(YamlMap parts, Clearing usual, String name) {
        if (!parts.keys().contains("empty")) {
            return usual;
        }
        if (usual == Clearing.NEVER) {
            yaml.problem(
                    parts.keyNode("empty"),
                    "'empty' applies only to fields of the profile; '" + name + "' is not one. Remove 'empty'.");
        }
        return parts.choice("empty", Set.of("clear", "keep"))
                        .filter("clear"::equals)
                        .isPresent()
                ? Clearing.WHEREVER_EMPTY
                : Clearing.NEVER;
    }

    /** Number fields are read from the text in the file. */
    private RowExpression number(FieldType type, String name, RowExpression expression) {
        if (numbers == NumberText.POINT || !isNumber(type)) {
            return expression;
        }
        return new RowExpression() {
            @Override
            public @Nullable Object of(Row row) throws RefusedRow {
                Object value = expression.of(row);
                return value instanceof String text && !text.isBlank() ? numbers.read(text, name) : value;
            }

            @Override
            public String path(Row row) {
                return expression.path(row);
            }

            @Override
            public Absence absence(Row row) throws RefusedRow {
                return expression.absence(row);
            }
        };
    }

    private FieldSource sum(Target target, ScalarNode node, @Nullable BigDecimal times) {
        if (!grouped) {
            yaml.problem(node, "there is nothing to sum without group_by; write the expression itself.");
        }
        if (!isNumber(target.type())) {
            yaml.problem(node, "'" + target.name() + "' is a " + target.type().describe() + ", which cannot be a sum.");
        }
        RowExpression any = expressions.of(node, kinds(FieldType.Scalar.DECIMAL), "number");
        RowExpression expression = number(FieldType.Scalar.DECIMAL, target.name(), any);
        return new FieldSource.Sum(
                target.slot(), target.type(), target.name(), new FieldSource.Value(expression, times));
    }

    private Optional<FieldSource> lines(Target target, YamlMap parts) {
        if (!(target.type() instanceof FieldType.Listing listing
                && listing.element() instanceof FieldType.Nested nested)) {
            yaml.problem(
                    parts.keyNode("lines"),
                    "'" + target.name() + "' is a " + target.type().describe() + ", not a list of records.");
            return Optional.empty();
        }
        RecordType line = nested.record();
        MappingRule.Each each = parts.scalar("each").map(expressions::each).orElse(null);
        RowExpressions values = each == null ? expressions : expressions.withItem();
        FieldReader reader = new FieldReader(yaml, values, numbers, false);
        return parts.nested("lines").map(fields -> {
            List<FieldSource.Plain> plain = new ArrayList<>();
            for (String name : fields.keys()) {
                reader.source(fields, name, line, Clearing.NEVER)
                        .filter(FieldSource.Plain.class::isInstance)
                        .map(FieldSource.Plain.class::cast)
                        .ifPresent(plain::add);
            }
            return new FieldSource.Lines(target.slot(), line, each, plain);
        });
    }

    private @Nullable BigDecimal times(ScalarNode node, FieldType type) {
        if (!isNumber(type)) {
            yaml.problem(node, "a " + type.describe() + " cannot be multiplied.");
        }
        try {
            return Conversion.number(node.getValue());
        } catch (IllegalArgumentException unfit) {
            yaml.problem(node, "'" + node.getValue() + "' is not a number.");
            return null;
        }
    }

    private static boolean isNumber(FieldType type) {
        return type == FieldType.Scalar.DECIMAL || type == FieldType.Scalar.DOUBLE || type == FieldType.Scalar.INTEGER;
    }

    /** The kinds of expression whose values can be converted to this type. Texts can become any scalar. */
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
            case MIXED -> Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL);
            case TIMESTAMP -> Set.of(CelKind.STRING, CelKind.TIMESTAMP);
            case DURATION -> Set.of(CelKind.DURATION);
        };
    }
}
