// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;

/** Where the parts of CEL's tree are written, in code points. */
final class SourcePlaces {
    private final CelAbstractSyntaxTree tree;

    SourcePlaces(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** Returns the macro call from which an expression was expanded; otherwise the expression itself. */
    CelExpr macro(CelExpr expression) {
        CelExpr written = tree.getSource().getMacroCalls().get(expression.id());
        return written == null
                ? expression
                : CelExpr.ofCall(
                        expression.id(),
                        written.call().target(),
                        written.call().function(),
                        written.call().args());
    }

    /**
     * Returns the first character of an expression. CEL places a call at its bracket or operator, not at its first
     * operand.
     */
    int start(CelExpr node) {
        CelExpr expression = macro(node);
        int start = offset(expression);
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
            return Math.min(start, start(expression.select().operand()));
        }
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL) {
            CelCall call = expression.call();
            if (call.target().isPresent()) {
                return Math.min(start, start(call.target().get()));
            }
            if (isNamedBefore(call.function(), start)) {
                return start - call.function().length();
            }
            if (Operators.precedence(call.function()) < 7 || call.function().equals(Operators.INDEX)) {
                return Math.min(start, start(call.args().get(0)));
            }
        }
        return start;
    }

    /** Returns whether the function's name precedes the bracket at which CEL places the call. */
    private boolean isNamedBefore(String function, int bracket) {
        String text = tree.getSource().getContent().toString();
        int end = text.offsetByCodePoints(0, Math.min(bracket, text.codePointCount(0, text.length())));
        return text.startsWith("(", end) && text.startsWith(function, end - function.length());
    }

    int offset(CelExpr expression) {
        Integer offset = tree.getSource().getPositionsMap().get(expression.id());
        return offset == null ? 0 : offset;
    }
}
