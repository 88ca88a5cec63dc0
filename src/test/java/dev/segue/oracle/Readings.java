// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the maximal {@code stream · (filter|within|before|after|last|follows|unanswered)* · (map)? · reduction} of an expression. */
final class Readings {
    /** The role of a sub-expression in the language. */
    private enum Shape {
        /** Something else: arithmetic, logic, constants. */
        PLAIN,
        STREAM,
        /** Values of a stream's elements. */
        MAPPED,
        DISTINCT,
        /** One element, of which a field is read. */
        RECORD,
        /** Streams, one for each key. */
        GROUPS,
        /** The customer's id, its ids, or what is computed of them. */
        CUSTOMER,
        VALUE
    }

    private static final Set<String> OF_CUSTOMER =
            Set.of("upcoming", "yearly", "in_segment", OracleFacts.LAUNCHED_WRITTEN);
    private static final Set<String> OF_LISTS =
            Set.of("filter", "map", "exists", "all", "share", "count", "distinct", "most", "latest", "first");
    private static final Set<String> LAMBDAS = Set.of("filter", "map", "exists", "all", "share");
    private static final Set<String> NARROWING =
            Set.of("filter", "within", "before", "after", "last", "follows", "unanswered");

    private final CelAbstractSyntaxTree tree;
    private final Set<String> streams;
    private final List<CelExpr> found = new ArrayList<>();

    private Readings(CelAbstractSyntaxTree tree, Set<String> streams) {
        this.tree = tree;
        this.streams = streams;
    }

    /** The readings in the order written. */
    static List<CelExpr> of(CelAbstractSyntaxTree tree, Set<String> streams) {
        Readings readings = new Readings(tree, streams);
        readings.visit(tree.getExpr());
        return readings.found;
    }

    /** The macro call from which an expression was expanded; otherwise the expression itself. */
    private CelExpr written(CelExpr expression) {
        CelExpr macro = tree.getSource().getMacroCalls().get(expression.id());
        return macro == null ? expression : macro;
    }

    private void visit(CelExpr node) {
        Shape shape = shape(node);
        if (shape != Shape.PLAIN && shape != Shape.STREAM) {
            found.add(node);
            return;
        }
        CelExpr expression = written(node);
        if (isOfProfile(expression) || asksOfOne(expression)) {
            found.add(node);
            return;
        }
        List<CelExpr> product = product(expression);
        if (!product.isEmpty()) {
            product.forEach(this::visit);
            found.add(node);
            return;
        }
        switch (expression.exprKind().getKind()) {
            case SELECT -> visit(expression.select().operand());
            case CALL -> {
                expression.call().target().ifPresent(this::visit);
                // What a lambda over values reads is not listed, as in a condition of a stream.
                if (expression.call().target().isEmpty()
                        || !LAMBDAS.contains(expression.call().function())) {
                    expression.call().args().forEach(this::visit);
                }
                if (OF_CUSTOMER.contains(expression.call().function())) {
                    found.add(node);
                }
            }
            case LIST -> expression.list().elements().forEach(this::visit);
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            default -> {}
        }
    }

    /**
     * {@code profile.field}, {@code has(profile.field)}, a part of a record, or an entry of a map of mixed values and
     * whether there is one.
     */
    private boolean isOfProfile(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.SELECT) {
            CelExpr operand = expression.select().operand();
            return isField(expression) || hasReadParts(operand);
        }
        if (expression.exprKind().getKind() != Kind.CALL) {
            return false;
        }
        List<CelExpr> arguments = expression.call().args();
        return switch (expression.call().function()) {
            case "has" -> isOfProfile(arguments.get(0));
            case "_[_]" -> hasReadParts(arguments.get(0));
            case "@in" -> hasReadParts(arguments.get(1));
            default -> false;
        };
    }

    /** The id, and the variant, in {@code product(id, variant).field} and {@code has(...)} of it; empty if it is neither. */
    private List<CelExpr> product(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals("has")) {
            return product(expression.call().args().get(0));
        }
        if (expression.exprKind().getKind() != Kind.SELECT) {
            return List.of();
        }
        CelExpr operand = written(expression.select().operand());
        return operand.exprKind().getKind() == Kind.CALL
                        && operand.call().function().equals(OracleFacts.WRITTEN)
                ? operand.call().args()
                : List.of();
    }

    private static boolean isField(CelExpr expression) {
        return expression.exprKind().getKind() == Kind.SELECT
                && expression.select().operand().exprKind().getKind() == Kind.IDENT
                && expression.select().operand().ident().name().equals("profile");
    }

    private static boolean hasReadParts(CelExpr expression) {
        return isField(expression)
                && List.of("attributes", "consent").contains(expression.select().field());
    }

    /** {@code has(stream.latest().field)}. */
    private boolean asksOfOne(CelExpr expression) {
        if (expression.exprKind().getKind() != Kind.CALL
                || !expression.call().function().equals("has")) {
            return false;
        }
        Shape asked = shape(expression.call().args().get(0));
        return asked != Shape.PLAIN && asked != Shape.STREAM;
    }

    private Shape shape(CelExpr node) {
        CelExpr expression = written(node);
        if (expression.exprKind().getKind() == Kind.IDENT) {
            String name = expression.ident().name();
            return streams.contains(name)
                    ? Shape.STREAM
                    : KeyedStreams.FIELDS.containsKey(name) ? Shape.GROUPS : Shape.PLAIN;
        }
        if (expression.exprKind().getKind() == Kind.SELECT) {
            CelExpr operand = expression.select().operand();
            boolean ofCustomer = operand.exprKind().getKind() == Kind.IDENT
                    && operand.ident().name().equals("customer");
            return ofCustomer ? Shape.CUSTOMER : shape(operand) == Shape.RECORD ? Shape.RECORD : Shape.PLAIN;
        }
        if (expression.exprKind().getKind() != Kind.CALL
                || expression.call().target().isEmpty()) {
            return Shape.PLAIN;
        }
        String function = expression.call().function();
        if (function.equals(Compared.WRITTEN)) {
            return Shape.VALUE;
        }
        return switch (shape(expression.call().target().orElseThrow())) {
            case STREAM -> ofStream(function);
            case MAPPED -> ofValues(function);
            case GROUPS -> ofGroups(function);
            case CUSTOMER -> OF_LISTS.contains(function) ? Shape.CUSTOMER : Shape.PLAIN;
            case DISTINCT -> function.equals("count") ? Shape.VALUE : Shape.PLAIN;
            default -> Shape.PLAIN;
        };
    }

    private static Shape ofStream(String function) {
        if (NARROWING.contains(function)) {
            return Shape.STREAM;
        }
        return switch (function) {
            case "map" -> Shape.MAPPED;
            case "groupBy" -> Shape.GROUPS;
            case "latest", "first" -> Shape.RECORD;
            case "count", "exists", "all", "share", "overdue" -> Shape.VALUE;
            default -> Shape.PLAIN;
        };
    }

    private static Shape ofGroups(String function) {
        return switch (function) {
            case "filter" -> Shape.GROUPS;
            case "map" -> Shape.MAPPED;
            default -> Shape.VALUE;
        };
    }

    private static Shape ofValues(String function) {
        return switch (function) {
            case "distinct" -> Shape.DISTINCT;
            case "most" -> Shape.VALUE;
            case "count", "sum", "avg", "min", "max", "median", "latest", "first" -> Shape.VALUE;
            default -> Shape.PLAIN;
        };
    }
}
