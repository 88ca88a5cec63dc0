// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hidden arguments of functions: the instant, the zone, the memberships, and the results of calls on empty streams.
 * Macros add them, so that the functions depend on their arguments only.
 */
final class Hidden {
    /** The instant of the evaluation. */
    static final String NOW = "@now";

    /** By the number of the call, its result for an empty stream. */
    static final String ZEROS = "@zeros";

    /** The name of the profile's time zone. */
    static final String ZONE = "@zone";

    /** The names of the segments that the customer is in. */
    static final String SEGMENTS = "@segments";

    /** {@code s.share(e, c)} is the share of true in {@code s.map(e, c)}. */
    static final String SHARE = "@share";

    /** {@code s.groupBy(e, k)} splits s by {@code s.map(e, k)}. */
    static final String GROUPS = "@groups";

    /** Calls that receive {@link #ZEROS} and their own number as their last arguments. */
    static final List<String> WITH_ZERO = List.of("latest", "first", "most");

    private Hidden() {}

    static List<CelMacro> macros() {
        List<CelMacro> macros = new ArrayList<>();
        macros.add(Compared.macro());
        macros.addAll(OracleFacts.macros());
        for (String name : List.of("within", "before", "overdue")) {
            macros.add(CelMacro.newReceiverMacro(
                    name,
                    1,
                    (factory, target, arguments) -> Optional.of(
                            factory.newReceiverCall(name, target, arguments.get(0), factory.newIdentifier(NOW)))));
        }
        macros.add(CelMacro.newReceiverMacro(
                "unanswered",
                2,
                (factory, target, arguments) -> Optional.of(factory.newReceiverCall(
                        "unanswered", target, arguments.get(0), arguments.get(1), factory.newIdentifier(NOW)))));
        for (String name : WITH_ZERO) {
            macros.add(CelMacro.newReceiverMacro(
                    name,
                    0,
                    (factory, target, arguments) -> Optional.of(factory.newReceiverCall(
                            name, target, factory.newIdentifier(ZEROS), factory.newIntLiteral(target.id())))));
        }
        for (String name : List.of("upcoming", "yearly")) {
            macros.add(CelMacro.newGlobalMacro(
                    name,
                    2,
                    (factory, target, arguments) -> Optional.of(factory.newGlobalCall(
                            name,
                            arguments.get(0),
                            arguments.get(1),
                            factory.newIdentifier(NOW),
                            factory.newIdentifier(ZONE)))));
        }
        macros.add(CelMacro.newGlobalMacro(
                "in_segment",
                1,
                (factory, target, arguments) -> Optional.of(
                        factory.newGlobalCall("in_segment", arguments.get(0), factory.newIdentifier(SEGMENTS)))));
        macros.add(CelMacro.newReceiverMacro(
                "share",
                2,
                (factory, target, arguments) ->
                        map(factory, target, arguments).map(values -> factory.newGlobalCall(SHARE, values))));
        macros.add(CelMacro.newReceiverMacro(
                "groupBy",
                2,
                (factory, target, arguments) -> map(factory, factory.copy(target), arguments)
                        .map(keys -> factory.newGlobalCall(GROUPS, target, keys))));
        return macros;
    }

    private static Optional<CelExpr> map(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        return CelStandardMacro.MAP.getDefinition().getExpander().expandMacro(factory, target, arguments);
    }
}
