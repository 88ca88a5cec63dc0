// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression.Literal;
import dev.segue.event.Field;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.RecordType;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A definition's own constants: true or false, whole numbers, numbers with a point, and texts (durations too).
 *
 * @param all in the order written
 */
record Params(RecordType type, Map<String, Param> all) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

    static Params read(YamlMap definition, YamlFile file) {
        Map<String, Param> all = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        definition.nested("params").ifPresent(map -> {
            for (String name : map.keys()) {
                if (!NAME.matcher(name).matches()) {
                    file.problem(
                            map.keyNode(name),
                            "'" + name + "' is not a name for a param. Use lowercase letters, digits and _.");
                }
                Literal literal = literal(Objects.requireNonNull(map.value(name)), file);
                all.put(name, new Param(literal, literal, null));
                fields.add(new Field(name, literal.type(), ""));
            }
        });
        return new Params(new RecordType("", fields), Collections.unmodifiableMap(all));
    }

    /** Returns the same params with other values. */
    Params with(Map<String, Param> others) {
        return new Params(type, Collections.unmodifiableMap(new LinkedHashMap<>(others)));
    }

    /** Returns the effective values by name. */
    Map<String, Literal> values() {
        Map<String, Literal> values = new LinkedHashMap<>();
        all.forEach((name, param) -> values.put(name, param.inForce()));
        return values;
    }

    private static Literal literal(Node node, YamlFile file) {
        if (!(node instanceof ScalarNode scalar)) {
            file.problem(node, "a param must be true, false, a number or a text.");
            return new Literal("", Scalar.STRING);
        }
        Optional<Literal> value = value(scalar);
        if (value.isEmpty()) {
            file.problem(node, complaint(scalar));
        }
        return value.orElse(new Literal(scalar.getValue(), Scalar.STRING));
    }

    /** Returns the value; empty if YAML would read the text differently from what its author means. */
    private static Optional<Literal> value(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return text.equals("true") || text.equals("false")
                    ? Optional.of(new Literal(Boolean.parseBoolean(text), Scalar.BOOLEAN))
                    : Optional.empty();
        }
        try {
            if (scalar.getTag().equals(Tag.INT)) {
                return WHOLE.matcher(text).matches()
                        ? Optional.of(new Literal(Long.parseLong(text), Scalar.INTEGER))
                        : Optional.empty();
            }
            if (scalar.getTag().equals(Tag.FLOAT)) {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) ? Optional.of(new Literal(number, Scalar.DOUBLE)) : Optional.empty();
            }
        } catch (NumberFormatException notPlain) {
            return Optional.empty();
        }
        return Optional.of(new Literal(text, Scalar.STRING));
    }

    private static String complaint(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return "the param has no value. Write true, false, a number or a text.";
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return "YAML reads '" + text + "' as true or false. Write true or false, or put the text in quotes.";
        }
        return WHOLE.matcher(text).matches()
                ? "'" + text + "' is too large. Whole numbers go from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + "."
                : "'" + text + "' is not a plain number. Write digits only, such as 1000 or 2.5, or put a text in"
                        + " quotes.";
    }
}
