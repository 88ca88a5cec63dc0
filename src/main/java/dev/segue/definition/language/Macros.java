// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Optional;

/**
 * Macros that CEL does not have. They expand to CEL's own map, so that CEL checks their types and reports their errors.
 */
final class Macros {
    /** {@code s.share(e, c)} is the share of true values in {@code s.map(e, c)}. */
    static final String SHARE_OF = "@share";

    /** {@code s.groupBy(e, k)} splits s by the keys {@code s.map(e, k)}. */
    static final String GROUPS = "@groups";

    static final CelMacro SHARE = CelMacro.newReceiverMacro(
            "share",
            2,
            (factory, target, arguments) ->
                    map(factory, target, arguments).map(values -> factory.newGlobalCall(SHARE_OF, values)));

    static final CelMacro GROUP_BY = CelMacro.newReceiverMacro(
            "groupBy",
            2,
            (factory, target, arguments) -> map(factory, factory.copy(target), arguments)
                    .map(keys -> factory.newGlobalCall(GROUPS, target, keys)));

    private Macros() {}

    private static Optional<CelExpr> map(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        return CelStandardMacro.MAP.getDefinition().getExpander().expandMacro(factory, target, arguments);
    }
}
