// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.segue.definition.language.Operators;
import dev.segue.replay.file.Absence;
import dev.segue.replay.file.Columns;
import dev.segue.replay.file.JsonObject;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Small nodes for the forms that make up almost every mapping: a column, a path into a JSON column or an item, a text,
 * a look-up, comparisons of texts and their logic. They cost a few nanoseconds; CEL's runtime takes most of a
 * microsecond. A path or a table key that does not exist is unset.
 */
final class RowNodes {
    private final Columns columns;
    private final Map<String, Map<String, String>> tables;

    RowNodes(Columns columns, Map<String, Map<String, String>> tables) {
        this.columns = columns;
        this.tables = tables;
    }

    /** A node equivalent to the expression, or null if none fits. */
    @Nullable
    RowExpression expression(CelExpr expr) {
        if (expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            String text = expr.constant().stringValue();
            return row -> text;
        }
        RowExpression found = path(expr);
        if (found == null && expr.getKind() == Kind.CALL) {
            found = lookup(expr.call());
        }
        if (found == null && expr.getKind() == Kind.CALL) {
            found = RowFunctions.node(expr.call(), this::expression);
        }
        if (found != null) {
            return found;
        }
        RowCondition condition = condition(expr);
        return condition == null ? null : condition::holds;
    }

    private @Nullable RowExpression path(CelExpr expr) {
        if (isVariable(expr, "item")) {
            return new Item();
        }
        if (expr.getKind() == Kind.CALL) {
            return pathCall(expr.call());
        }
        if (expr.getKind() != Kind.SELECT || expr.select().testOnly()) {
            return null;
        }
        CelExpr.CelSelect select = expr.select();
        if (isVariable(select.operand(), "row")) {
            int column = columns.indexOf(select.field());
            return new Column(column, columns.json(column), select.field());
        }
        RowExpression parent = path(select.operand());
        String key = select.field();
        return parent == null ? null : new Member(parent, key);
    }

    private record Item() implements RowExpression {
        @Override
        public @Nullable Object of(Row row) {
            return row.item();
        }

        @Override
        public String path(Row row) {
            return row.itemPath();
        }
    }

    private record Column(int column, boolean json, String name) implements RowExpression {
        @Override
        public String path(Row row) {
            return name;
        }

        @Override
        public Object of(Row row) throws RefusedRow {
            return json ? row.json(column) : row.text(column);
        }

        @Override
        public Absence absence(Row row) {
            return row.absence(column);
        }
    }

    private record Member(RowExpression parent, String key) implements RowExpression {
        @Override
        public String path(Row row) {
            String place = parent.path(row);
            return place.isEmpty() ? "" : place + "." + key;
        }

        @Override
        public @Nullable Object of(Row row) throws RefusedRow {
            return parent.of(row) instanceof Map<?, ?> map ? map.get(key) : null;
        }

        @Override
        public Absence absence(Row row) throws RefusedRow {
            if (!(parent.of(row) instanceof JsonObject object)) {
                return Absence.UNSAID;
            }
            if (object.nulls().contains(key)) {
                return Absence.NULL;
            }
            return "".equals(object.get(key)) ? Absence.EMPTY : Absence.UNSAID;
        }
    }

    /** An element by its index, or by its key in a list of keys with values. */
    private @Nullable RowExpression pathCall(CelExpr.CelCall call) {
        if (call.args().size() != 2 || call.args().get(1).getKind() != Kind.CONSTANT) {
            return null;
        }
        CelConstant constant = call.args().get(1).constant();
        boolean keyed = call.function().equals(KeyedList.FUNCTION);
        boolean numbered =
                call.function().equals(Operators.INDEX) && constant.getKind() == CelConstant.Kind.INT64_VALUE;
        RowExpression parent = keyed || numbered ? path(call.args().get(0)) : null;
        if (parent == null) {
            return null;
        }
        if (keyed) {
            String key = constant.stringValue();
            return row -> KeyedList.value(parent.of(row), key);
        }
        long index = constant.int64Value();
        return row -> parent.of(row) instanceof List<?> list && index >= 0 && index < list.size()
                ? list.get((int) index)
                : null;
    }

    private @Nullable RowExpression lookup(CelExpr.CelCall call) {
        if (!call.function().equals(Operators.INDEX) || call.args().get(0).getKind() != Kind.SELECT) {
            return null;
        }
        CelExpr.CelSelect table = call.args().get(0).select();
        RowExpression key = expression(call.args().get(1));
        if (!isVariable(table.operand(), "tables") || key == null) {
            return null;
        }
        Map<String, String> entries = tables.getOrDefault(table.field(), Map.of());
        return row -> entries.get(key.text(row));
    }

    static boolean isVariable(CelExpr expr, String name) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals(name);
    }

    private @Nullable RowCondition condition(CelExpr expr) {
        if (expr.getKind() != Kind.CALL) {
            return null;
        }
        List<CelExpr> arguments = expr.call().args();
        return switch (expr.call().function()) {
            case Operators.EQUALS -> equality(arguments, true);
            case Operators.NOT_EQUALS -> equality(arguments, false);
            case Operators.AND -> both(arguments);
            case Operators.OR -> either(arguments);
            case RowFunctions.IS_SET -> {
                RowExpression set = RowFunctions.node(expr.call(), this::expression);
                yield set == null ? null : row -> Boolean.TRUE.equals(set.of(row));
            }
            default -> null;
        };
    }

    private @Nullable RowCondition equality(List<CelExpr> arguments, boolean equal) {
        int column = column(arguments.get(0));
        RowExpression constant = expression(arguments.get(1));
        if (arguments.get(1).getKind() != Kind.CONSTANT || constant == null) {
            return null;
        }
        if (column >= 0) {
            return row -> row.text(column).equals(constant.of(row)) == equal;
        }
        RowExpression looked = arguments.get(0).getKind() == Kind.CALL
                ? lookup(arguments.get(0).call())
                : null;
        // A key that the table does not have is unset, which equals no text.
        return looked == null ? null : row -> Objects.equals(looked.of(row), constant.of(row)) == equal;
    }

    /** The position of the text column that the expression reads, or -1. */
    private int column(CelExpr expr) {
        if (expr.getKind() != Kind.SELECT
                || expr.select().testOnly()
                || !isVariable(expr.select().operand(), "row")) {
            return -1;
        }
        int column = columns.indexOf(expr.select().field());
        return columns.json(column) ? -1 : column;
    }

    private @Nullable RowCondition both(List<CelExpr> arguments) {
        RowCondition left = condition(arguments.get(0));
        RowCondition right = condition(arguments.get(1));
        return left == null || right == null ? null : row -> left.holds(row) && right.holds(row);
    }

    private @Nullable RowCondition either(List<CelExpr> arguments) {
        RowCondition left = condition(arguments.get(0));
        RowCondition right = condition(arguments.get(1));
        return left == null || right == null ? null : row -> left.holds(row) || right.holds(row);
    }
}
