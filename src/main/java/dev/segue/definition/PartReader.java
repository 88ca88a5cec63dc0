// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.ExpressionChecker;
import dev.segue.definition.language.Span;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.yaml.ScalarText;
import dev.segue.yaml.YamlFile;
import dev.segue.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the conditions, durations and attached data of one definition. */
final class PartReader {
    private static final Pattern ATTACHED = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final YamlFile file;
    private final ExpressionChecker checker;

    PartReader(YamlFile file, ExpressionChecker checker) {
        this.file = file;
        this.checker = checker;
    }

    YamlFile file() {
        return file;
    }

    Optional<Expression> expression(ScalarNode node) {
        return checker.check(new ScalarText(file.text(), node));
    }

    /** Returns the condition under a key; empty if the key is absent or, with a problem added, if it is invalid. */
    Optional<Expression> condition(YamlMap map, String key) {
        return map.scalar(key).flatMap(this::condition);
    }

    Optional<Expression> condition(ScalarNode node) {
        Optional<Expression> expression = expression(node);
        if (expression.isPresent() && expression.get().type() != Scalar.BOOLEAN) {
            file.problem(node, notCondition(expression.get().type()));
            return Optional.empty();
        }
        return expression;
    }

    private static String notCondition(FieldType type) {
        if (type instanceof FieldType.Listing) {
            return "this is a list, not true or false. Compare its count(), or test it with exists().";
        }
        String example =
                type == Scalar.STRING || type == Scalar.MIXED ? "== 'x'" : type == Scalar.DOUBLE ? "> 0.0" : "> 0";
        return "this is a " + (type == Scalar.STRING ? "text" : type.describe())
                + ", not true or false. Compare it with something, such as " + example + ".";
    }

    /** Returns the duration under a key; empty if the key is absent or, with a problem added, if it is invalid. */
    Optional<Span> duration(YamlMap map, String key) {
        return map.scalar(key).flatMap(node -> duration(key, node));
    }

    private Optional<Span> duration(String key, ScalarNode node) {
        Optional<Span> duration = Span.parse(node.getValue());
        if (duration.isEmpty()) {
            String none = node.getValue().strip().matches("0+[a-z]?") ? " To have none, leave '" + key + "' out." : "";
            file.problem(node, Span.complaint(node.getValue()) + none);
        }
        return duration;
    }

    /** Returns the expressions under a key whose values are attached to what the definition emits, by name. */
    Map<String, Expression> attached(YamlMap map, String key) {
        Map<String, Expression> attached = new LinkedHashMap<>();
        map.nested(key)
                .ifPresent(entries -> entries.keys().forEach(name -> {
                    if (!ATTACHED.matcher(name).matches()) {
                        file.problem(
                                entries.keyNode(name),
                                "'" + name + "' is not a valid name in " + key + ". Use letters, digits, _ and -.");
                    }
                }));
        map.entries(key).forEach((name, node) -> {
            Optional<Expression> value = expression(node);
            if (value.isPresent() && value.get().type().holdsRecord()) {
                file.problem(
                        node,
                        "a whole record cannot be " + (key.equals("carry") ? "carried" : "sent")
                                + ". Select one of its fields.");
            }
            value.ifPresent(expression -> attached.put(name, expression));
        });
        return attached;
    }
}
