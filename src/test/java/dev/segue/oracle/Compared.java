// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * {@code x.percentile()} is {@code @percentile(@percentiles, number)}: whose value it is, is computed outside of CEL. A
 * comparison with a constant becomes {@code @ranked(@percentiles, number) && comparison}, because it is false for a
 * customer without a percentile.
 */
final class Compared {
    static final String WRITTEN = "percentile";
    static final String PERCENTILE = "@percentile";
    static final String RANKED = "@ranked";
    /** The percentiles that the customer has, by the numbers of the calls. */
    static final String ALL = "@percentiles";

    private Compared() {}

    static CelMacro macro() {
        return CelMacro.newReceiverMacro(
                WRITTEN,
                0,
                (factory, target, arguments) -> Optional.of(factory.newGlobalCall(
                        PERCENTILE, factory.newIdentifier(ALL), factory.newIntLiteral(target.id()))));
    }

    static boolean isPercentile(CelExpr expression) {
        return expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals(PERCENTILE);
    }

    /** Arguments: percentiles, number. */
    static boolean ranked(Object[] a) {
        return ((Map<?, ?>) a[0]).containsKey(a[1]);
    }

    /** Arguments: percentiles, number. */
    static Object percentile(Object[] a) throws CelEvaluationException {
        Object known = ((Map<?, ?>) a[0]).get(a[1]);
        if (known == null) {
            throw CelEvaluationExceptionBuilder.newBuilder("the customer has no percentile")
                    .build();
        }
        return known;
    }
}
