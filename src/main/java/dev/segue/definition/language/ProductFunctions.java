// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Launched;
import dev.segue.definition.language.Expression.Product;
import java.util.Optional;

/** Checks the uses of {@code product(id)}, {@code product(id, variant)} and {@code launched(category, window)}. */
final class ProductFunctions {
    private ProductFunctions() {}

    static boolean isProduct(CelExpr expression) {
        return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals(Product.FUNCTION);
    }

    /** Says what to write instead of a product without a field. */
    static String notAlone(Product product) {
        return "'" + product.text() + "' is all that is known of a product. Select one of its fields, such as "
                + product.text() + ".stock.";
    }

    /** Returns why a window is too long; empty if it is not. */
    static Optional<String> complaint(Span window) {
        return window.millis() <= Launched.LONGEST.toMillis()
                ? Optional.empty()
                : Optional.of("'" + window.text() + "' is longer than launches are kept, " + Launched.LONGEST.toDays()
                        + " days.");
    }

    /** Returns whether a list consists of the ids of launched products. */
    static boolean isOfLaunches(Expression list) {
        return list instanceof Launched
                || (list instanceof Comprehension filter
                        && filter.kind() == Comprehension.Kind.FILTER
                        && isOfLaunches(filter.range()));
    }
}
