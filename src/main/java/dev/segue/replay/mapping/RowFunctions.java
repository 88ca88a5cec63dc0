// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.segue.replay.file.FlatJson;
import dev.segue.replay.file.JsonObject;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Functions for the JSON of trackers. They read paths and texts, are whole expressions, and have no counterpart on CEL's
 * runtime.
 *
 * <ul>
 *   <li>{@code first(a, b, ...)}: the first that has a value, of two to six;
 *   <li>{@code isSet(a)}: whether there is a value that is not empty;
 *   <li>{@code elements(list, object)}: the list, or the object as its only element if there is no list or it is empty;
 *   <li>{@code flatten(object)}, {@code flatten(object, 'prefix')}: its texts, numbers and flags, see {@link FlatJson};
 *   <li>{@code without(object, ['name', ...])}: the object without these members;
 *   <li>{@code snake(text)}: {@code Product Viewed}, {@code product-viewed} and {@code ProductViewed} as {@code
 *       product_viewed};
 *   <li>{@code device(context)}: type, system and browser, see {@link DeviceOf}.
 * </ul>
 */
final class RowFunctions {
    static final String FIRST = "first";
    static final String FLATTEN = "flatten";
    static final String WITHOUT = "without";
    static final String DEVICE = "device";
    static final String ELEMENTS = "elements";
    static final String SNAKE = "snake";
    static final String IS_SET = "isSet";
    static final Set<String> NAMES = Set.of(FIRST, FLATTEN, WITHOUT, DEVICE, ELEMENTS, SNAKE, IS_SET);

    private static final int MOST_ARGUMENTS = 6;

    private RowFunctions() {}

    static List<CelFunctionDecl> declarations() {
        List<CelOverloadDecl> firsts = new ArrayList<>();
        for (int arguments = 2; arguments <= MOST_ARGUMENTS; arguments++) {
            firsts.add(CelOverloadDecl.newGlobalOverload(
                    "first_" + arguments, SimpleType.DYN, Collections.nCopies(arguments, SimpleType.DYN)));
        }
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(FIRST, firsts),
                CelFunctionDecl.newFunctionDeclaration(
                        FLATTEN,
                        CelOverloadDecl.newGlobalOverload("flatten_1", SimpleType.DYN, SimpleType.DYN),
                        CelOverloadDecl.newGlobalOverload(
                                "flatten_2", SimpleType.DYN, SimpleType.DYN, SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                        ELEMENTS,
                        CelOverloadDecl.newGlobalOverload(
                                "elements_2", SimpleType.DYN, SimpleType.DYN, SimpleType.DYN)),
                CelFunctionDecl.newFunctionDeclaration(
                        WITHOUT,
                        CelOverloadDecl.newGlobalOverload(
                                "without_2", SimpleType.DYN, SimpleType.DYN, ListType.create(SimpleType.STRING))),
                CelFunctionDecl.newFunctionDeclaration(
                        IS_SET, CelOverloadDecl.newGlobalOverload("is_set_1", SimpleType.BOOL, SimpleType.DYN)),
                CelFunctionDecl.newFunctionDeclaration(
                        SNAKE, CelOverloadDecl.newGlobalOverload("snake_1", SimpleType.STRING, SimpleType.DYN)),
                CelFunctionDecl.newFunctionDeclaration(
                        DEVICE, CelOverloadDecl.newGlobalOverload("device_1", SimpleType.DYN, SimpleType.DYN)));
    }

    /** The node of a call; null if it is no call of these functions, or an argument has no node. */
    static @Nullable RowExpression node(CelExpr.CelCall call, Function<CelExpr, @Nullable RowExpression> nodes) {
        if (!NAMES.contains(call.function())) {
            return null;
        }
        List<CelExpr> arguments = call.args();
        RowExpression subject = nodes.apply(arguments.get(0));
        if (subject == null) {
            return null;
        }
        return switch (call.function()) {
            case FIRST -> first(arguments, nodes);
            case FLATTEN -> flatten(subject, arguments.size() == 1 ? "" : constant(arguments.get(1)));
            case ELEMENTS -> {
                RowExpression single = nodes.apply(arguments.get(1));
                yield single == null ? null : new Elements(subject, single);
            }
            case WITHOUT -> without(subject, texts(arguments.get(1)));
            case IS_SET -> row -> isSet(subject.of(row));
            case SNAKE -> row -> snake(subject.text(row));
            default -> row -> DeviceOf.context(subject.of(row));
        };
    }

    private static @Nullable RowExpression first(
            List<CelExpr> arguments, Function<CelExpr, @Nullable RowExpression> nodes) {
        List<RowExpression> all = new ArrayList<>();
        for (CelExpr argument : arguments) {
            RowExpression node = nodes.apply(argument);
            if (node == null) {
                return null;
            }
            all.add(node);
        }
        return new First(List.copyOf(all));
    }

    /** The first value that is set. */
    private record First(List<RowExpression> all) implements RowExpression {
        @Override
        public @Nullable Object of(Row row) throws RefusedRow {
            for (RowExpression one : all) {
                Object value = one.of(row);
                if (isSet(value)) {
                    return value;
                }
            }
            return null;
        }

        @Override
        public String path(Row row) {
            for (RowExpression one : all) {
                try {
                    if (isSet(one.of(row))) {
                        return one.path(row);
                    }
                } catch (RefusedRow unreadable) {
                    return one.path(row);
                }
            }
            return "";
        }
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null
                && !(value instanceof String text && text.isBlank())
                && !(value instanceof Map<?, ?> map && map.isEmpty())
                && !(value instanceof List<?> list && list.isEmpty());
    }

    /** A list, or one object in its place. */
    private record Elements(RowExpression list, RowExpression single) implements RowExpression {
        @Override
        public @Nullable Object of(Row row) throws RefusedRow {
            Object found = list.of(row);
            if (isFilled(found)) {
                return found;
            }
            Object object = single.of(row);
            return object == null ? null : List.of(object);
        }

        private static boolean isFilled(@Nullable Object value) {
            return value instanceof List<?> elements && !elements.isEmpty();
        }

        @Override
        public String path(Row row) {
            return list.path(row);
        }

        @Override
        public String path(Row row, int element) {
            try {
                return isFilled(list.of(row)) ? list.path(row, element) : single.path(row);
            } catch (RefusedRow unreadable) {
                return list.path(row, element);
            }
        }
    }

    private static @Nullable RowExpression flatten(RowExpression subject, @Nullable String prefix) {
        if (prefix == null) {
            return null;
        }
        return row ->
                subject.of(row) instanceof JsonObject object ? FlatJson.of(object, prefix, row.fate()::drop) : null;
    }

    private static @Nullable RowExpression without(RowExpression subject, @Nullable Set<String> names) {
        if (names == null) {
            return null;
        }
        return row -> {
            if (!(subject.of(row) instanceof JsonObject object)) {
                return null;
            }
            JsonObject rest = new JsonObject();
            object.forEach((name, value) -> {
                if (!names.contains(name)) {
                    rest.put(name, value);
                }
            });
            object.nulls().stream().filter(name -> !names.contains(name)).forEach(rest::addNull);
            return rest;
        };
    }

    /** A name as the vocabulary writes names. */
    static String snake(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        boolean lower = false;
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            boolean upper = letter >= 'A' && letter <= 'Z';
            if (letter == ' ' || letter == '-' || letter == '_' || (upper && lower)) {
                if (snake.length() > 0 && snake.charAt(snake.length() - 1) != '_') {
                    snake.append('_');
                }
            }
            if (letter != ' ' && letter != '-' && letter != '_') {
                snake.append(upper ? (char) (letter + ('a' - 'A')) : letter);
            }
            lower = letter >= 'a' && letter <= 'z';
        }
        return snake.toString();
    }

    private static @Nullable String constant(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? expr.constant().stringValue()
                : null;
    }

    private static @Nullable Set<String> texts(CelExpr expr) {
        if (expr.getKind() != Kind.LIST) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (CelExpr element : expr.list().elements()) {
            String text = constant(element);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return Set.copyOf(texts);
    }
}
