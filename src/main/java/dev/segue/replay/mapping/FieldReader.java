// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.types.CelKind;
import dev.segue.event.CommonFields;
import dev.segue.event.EventType;
import dev.segue.event.FieldType;
import dev.segue.event.Nearest;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the sources of the fields of one rule's events. */
final class FieldReader {
    private final MappingYaml yaml;
    private final RowExpressions expressions;
    private final boolean decimalComma;
    private final boolean grouped;

    /**
     * @param decimalComma true if numbers are written with a decimal comma
     * @param grouped true if several rows become one event
     */
    FieldReader(MappingYaml yaml, RowExpressions expressions, boolean decimalComma, boolean grouped) {
        this.yaml = yaml;
        this.expressions = expressions;
        this.decimalComma = decimalComma;
        this.grouped = grouped;
    }

    static MappingRule.Each each(MappingYaml yaml, RowExpressions expressions, Node node) {
        RowExpression list = expressions.of(node, Set.of(CelKind.LIST), "list");
        return new MappingRule.Each(list, String.valueOf(yaml.text(node)));
    }

    /** The sources of an event's fields; problems are added to the YAML's. */
    List<FieldSource> read(@Nullable Node node, EventType type) {
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
                        source(slot, type.record().fields().get(slot).type(), name, entry.value(), clearing);
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

    /** @param usual when a missing value clears the field, unless the mapping overrides it */
    private @Nullable FieldSource source(int slot, FieldType type, String name, Node node, Clearing usual) {
        if (!(node instanceof MappingNode)) {
            return plain(slot, type, name, node, null, usual);
        }
        Map<String, Node> parts = yaml.entries(node, Set.of("value", "sum", "lines", "each", "times", "empty"));
        Node value = parts.get("value");
        Node sum = parts.get("sum");
        Node lines = parts.get("lines");
        Node each = parts.get("each");
        if (each != null && lines == null) {
            yaml.problem(each, "'each' belongs to 'lines': one line for each element of that list");
        }
        BigDecimal times = times(parts.get("times"), type);
        if (value != null && sum == null && lines == null) {
            return plain(slot, type, name, value, times, clearing(parts.get("empty"), usual, name));
        }
        if (sum != null && value == null && lines == null) {
            return sum(slot, type, name, sum, times);
        }
        if (lines != null && value == null && sum == null) {
            return lines(slot, type, name, lines, each);
        }
        yaml.problem(node, "a field has one of value, sum and lines");
        return null;
    }

    private FieldSource.Plain plain(
            int slot, FieldType type, String name, Node node, @Nullable BigDecimal times, Clearing clearing) {
        RowExpression expression = number(type, name, expressions.of(node, kinds(type), type.describe()));
        return new FieldSource.Plain(slot, type, name, new FieldSource.Value(expression, times), clearing);
    }

    private Clearing clearing(@Nullable Node empty, Clearing usual, String name) {
        if (empty == null) {
            return usual;
        }
        if (usual == Clearing.NEVER) {
            yaml.problem(
                    empty, "'empty' applies only to fields of the profile; '" + name + "' is not one. Remove 'empty'");
        }
        String text = yaml.text(empty);
        if (text != null && !text.equals("clear") && !text.equals("keep")) {
            yaml.problem(empty, "empty is '" + text + "'; it must be clear or keep");
        }
        return "clear".equals(text) ? Clearing.WHEREVER_EMPTY : Clearing.NEVER;
    }

    /** Number fields are read from the text in the file. */
    private RowExpression number(FieldType type, String name, RowExpression expression) {
        if (!decimalComma || !isNumber(type)) {
            return expression;
        }
        return new RowExpression() {
            @Override
            public @Nullable Object of(Row row) throws RefusedRow {
                Object value = expression.of(row);
                return value instanceof String text && !text.isBlank() ? DecimalComma.read(text, name) : value;
            }

            @Override
            public Absence absence(Row row) throws RefusedRow {
                return expression.absence(row);
            }
        };
    }

    private FieldSource sum(int slot, FieldType type, String name, Node node, @Nullable BigDecimal times) {
        if (!grouped) {
            yaml.problem(node, "there is nothing to sum without group_by; write the expression itself");
        }
        if (!isNumber(type)) {
            yaml.problem(node, "'" + name + "' is a " + type.describe() + ", which cannot be a sum");
        }
        RowExpression expression =
                number(FieldType.Scalar.DECIMAL, name, expressions.of(node, kinds(FieldType.Scalar.DECIMAL), "number"));
        return new FieldSource.Sum(slot, type, name, new FieldSource.Value(expression, times));
    }

    private @Nullable FieldSource lines(int slot, FieldType type, String name, Node node, @Nullable Node each) {
        if (!(type instanceof FieldType.Listing listing && listing.element() instanceof FieldType.Nested nested)) {
            yaml.problem(node, "'" + name + "' is a " + type.describe() + ", not a list of records");
            return null;
        }
        RecordType line = nested.record();
        MappingRule.Each list = each == null ? null : each(yaml, expressions, each);
        RowExpressions values = list == null ? expressions : expressions.withItem();
        FieldReader reader = new FieldReader(yaml, values, decimalComma, false);
        List<FieldSource.Plain> parts = new ArrayList<>();
        yaml.named(node).forEach((part, entry) -> {
            int place = line.slot(part);
            if (place < 0) {
                unknownField(entry.key(), part, line);
                return;
            }
            FieldType partType = line.fields().get(place).type();
            if (reader.source(place, partType, part, entry.value(), Clearing.NEVER)
                    instanceof FieldSource.Plain plain) {
                parts.add(plain);
            }
        });
        return new FieldSource.Lines(slot, line, list, parts);
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
            case TIMESTAMP -> Set.of(CelKind.STRING, CelKind.TIMESTAMP);
            case DURATION -> Set.of(CelKind.DURATION);
        };
    }
}
