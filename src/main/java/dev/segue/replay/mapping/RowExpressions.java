// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.segue.replay.file.RefusedRow;
import dev.segue.yaml.ScalarText;
import dev.segue.yaml.YamlFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Compiles the expressions of a mapping, and adds errors to the file's problems. */
final class RowExpressions {
    private static final Set<CelKind> CONDITION = Set.of(CelKind.BOOL);
    private static final Pattern ITEM = Pattern.compile("\\bitem\\b");

    private final YamlFile yaml;
    private final RowCel cel;
    private final boolean withItem;
    private final Set<Integer> conditionColumns;
    private final Set<Integer> readColumns;

    RowExpressions(YamlFile yaml, RowCel cel) {
        this(yaml, cel, false, new LinkedHashSet<>(), new TreeSet<>());
    }

    private RowExpressions(
            YamlFile yaml, RowCel cel, boolean withItem, Set<Integer> conditionColumns, Set<Integer> readColumns) {
        this.yaml = yaml;
        this.cel = cel;
        this.withItem = withItem;
        this.conditionColumns = conditionColumns;
        this.readColumns = readColumns;
    }

    /** For expressions below {@code each}, which may read {@code item}. */
    RowExpressions withItem() {
        return new RowExpressions(yaml, cel, true, conditionColumns, readColumns);
    }

    /** Positions of the columns that the conditions have read so far. */
    List<Integer> conditionColumns() {
        return List.copyOf(conditionColumns);
    }

    /** Positions of the columns that the expressions have read so far, ascending. */
    List<Integer> readColumns() {
        return List.copyOf(readColumns);
    }

    /** @param wanted the required type of the expression; DYN for any */
    RowExpression of(ScalarNode node, CelType wanted) {
        return of(node, wanted.kind().isDyn() ? Set.of() : Set.of(wanted.kind()), wanted.name());
    }

    /**
     * @param wanted the allowed kinds of type; none for any
     * @param described their name in messages
     */
    RowExpression of(ScalarNode node, Set<CelKind> wanted, String described) {
        try {
            RowCel.Compiled compiled = cel.compile(node.getValue(), withItem);
            readColumns.addAll(compiled.columns());
            if (wanted.equals(CONDITION)) {
                conditionColumns.addAll(compiled.columns());
            }
            CelKind kind = compiled.type().kind();
            if (!wanted.isEmpty() && !kind.isDyn() && !wanted.contains(kind)) {
                yaml.problem(
                        node,
                        "expected a " + described + " here, not a "
                                + compiled.type().name() + ".");
            }
            return compiled.expression();
        } catch (RowCel.Invalid invalid) {
            yaml.problems()
                    .add(new ScalarText(yaml.text(), node)
                            .problem(invalid.offset(), String.valueOf(invalid.getMessage())));
            return row -> null;
        }
    }

    MappingRule.Each each(ScalarNode node) {
        return new MappingRule.Each(of(node, Set.of(CelKind.LIST), "list"), node.getValue());
    }

    /** An id or a key: a text or a whole number. */
    RowExpression text(ScalarNode node) {
        return of(node, Set.of(CelKind.STRING, CelKind.INT, CelKind.UINT), "text");
    }

    RowCondition condition(ScalarNode node) {
        RowExpression expression = of(node, CONDITION, SimpleType.BOOL.name());
        return row -> {
            Object value = expression.of(row);
            if (value instanceof Boolean holds) {
                return holds;
            }
            throw new RefusedRow("the condition is neither true nor false", RefusedRow.quote(String.valueOf(value)));
        };
    }

    /** Events of several elements of one row need different ids, which an expression without the element cannot give. */
    private static boolean readsItem(String text) {
        return ITEM.matcher(text).find();
    }

    EventId eventId(ScalarNode node) {
        return switch (node.getValue()) {
            case "line" -> new EventId.OfLine();
            case "content" -> new EventId.OfContent();
            default -> new EventId.OfRow(text(node), withItem && !readsItem(node.getValue()));
        };
    }
}
