// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import dev.cel.common.navigation.CelNavigableMutableAst;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import dev.segue.definition.language.Operators;
import java.util.List;

/**
 * Rewrites {@code row['With blanks']} to the path of {@code row.Name}. So a column of any name is checked like every
 * other, and a missing key of a JSON column is unset.
 */
final class RowIndex {
    private RowIndex() {}

    static CelAbstractSyntaxTree asPaths(CelAbstractSyntaxTree parsed) {
        CelMutableAst ast = CelMutableAst.fromCelAst(parsed);
        List<CelMutableExpr> indexes = CelNavigableMutableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableMutableExpr::expr)
                .filter(RowIndex::isTextIndex)
                .filter(expr -> startsAtRow(expr.call().args().get(0)))
                .toList();
        if (indexes.isEmpty()) {
            return parsed;
        }
        for (CelMutableExpr index : indexes) {
            List<CelMutableExpr> arguments = index.call().args();
            index.setSelect(CelMutableSelect.create(
                    arguments.get(0), arguments.get(1).constant().stringValue()));
        }
        return ast.toParsedAst();
    }

    private static boolean isTextIndex(CelMutableExpr expr) {
        if (expr.getKind() != Kind.CALL || !expr.call().function().equals(Operators.INDEX)) {
            return false;
        }
        CelMutableExpr index = expr.call().args().get(1);
        return index.getKind() == Kind.CONSTANT && index.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static boolean startsAtRow(CelMutableExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> List.of("row", "item").contains(expr.ident().name());
            case SELECT -> startsAtRow(expr.select().operand());
            case CALL ->
                expr.call().function().equals(Operators.INDEX)
                        && startsAtRow(expr.call().args().get(0));
            default -> false;
        };
    }
}
