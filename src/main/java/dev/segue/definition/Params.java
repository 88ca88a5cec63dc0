package dev.segue.definition;

import dev.segue.definition.Expression.Literal;
import dev.segue.event.Field;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A definition's own constants: true or false, whole numbers, numbers with a point, and texts (durations too). */
record Params(RecordType type, Map<String, Literal> values) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    static Params read(YamlMap definition, FileText file, List<Problem> problems) {
        Map<String, Literal> values = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        definition.nested("params").ifPresent(map -> {
            for (String name : map.keys()) {
                if (!NAME.matcher(name).matches()) {
                    problems.add(file.problem(
                            map.keyNode(name),
                            "'" + name + "' is not a name for a param. Use small letters, digits and _."));
                }
                Literal literal = literal(map.value(name), file, problems);
                values.put(name, literal);
                fields.add(new Field(name, literal.type(), ""));
            }
        });
        return new Params(new RecordType("", fields), values);
    }

    private static Literal literal(Node node, FileText file, List<Problem> problems) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(file.problem(node, "a param must be true, false, a number or a text."));
            return new Literal("", Scalar.STRING);
        }
        String text = scalar.getValue();
        try {
            if (scalar.getTag().equals(Tag.BOOL)) {
                return new Literal(Boolean.parseBoolean(text), Scalar.BOOLEAN);
            }
            if (scalar.getTag().equals(Tag.INT)) {
                return new Literal(Long.parseLong(text), Scalar.INTEGER);
            }
            if (scalar.getTag().equals(Tag.FLOAT)) {
                return new Literal(Double.parseDouble(text), Scalar.DOUBLE);
            }
        } catch (NumberFormatException notDecimal) {
            problems.add(file.problem(node, "'" + text + "' is not a decimal number. Write it with digits only."));
        }
        return new Literal(text, Scalar.STRING);
    }
}
