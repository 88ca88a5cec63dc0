// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelList;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entries of maps of mixed values, such as {@code profile.attributes['a']}. A comparison with a constant becomes {@code
 * like(map, key, constant) && comparison}, where {@code like} holds if the entry is of the constant's type: the rest is
 * CEL's own. Likewise for percentiles; see {@link Compared}.
 */
final class MixedValues {
    /** Holds if a map has an entry of the type of a constant, or of a list's elements. */
    static final String LIKE = "@like";

    private static final Set<String> MAPS = Set.of("attributes", "properties");
    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in");
    private static final Set<String> OF_TEXT = Set.of("contains", "startsWith", "endsWith", "matches");

    private final CelSource.Builder source;
    private long lastId;

    private MixedValues(CelAbstractSyntaxTree parsed) {
        source = parsed.getSource().toBuilder();
        lastId = 1_000_000;
    }

    /** Rewrites the comparisons of a parsed expression. */
    static CelAbstractSyntaxTree rewritten(CelAbstractSyntaxTree parsed) {
        MixedValues values = new MixedValues(parsed);
        CelExpr whole = values.rewritten(parsed.getExpr());
        return CelAbstractSyntaxTree.newParsedAst(whole, values.source.build());
    }

    private CelExpr rewritten(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case SELECT ->
                expression.toBuilder()
                        .setSelect(expression.select().toBuilder()
                                .setOperand(rewritten(expression.select().operand()))
                                .build())
                        .build();
            case CALL -> compared(call(expression));
            case LIST -> {
                CelList.Builder list = expression.list().toBuilder();
                for (int index = 0; index < expression.list().elements().size(); index++) {
                    list.setElement(
                            index, rewritten(expression.list().elements().get(index)));
                }
                yield expression.toBuilder().setList(list.build()).build();
            }
            case MAP -> {
                CelMap.Builder map = expression.map().toBuilder();
                for (int index = 0; index < expression.map().entries().size(); index++) {
                    CelMap.Entry entry = expression.map().entries().get(index);
                    map.setEntry(
                            index,
                            entry.toBuilder()
                                    .setKey(rewritten(entry.key()))
                                    .setValue(rewritten(entry.value()))
                                    .build());
                }
                yield expression.toBuilder().setMap(map.build()).build();
            }
            case COMPREHENSION -> {
                CelComprehension loop = expression.comprehension();
                yield expression.toBuilder()
                        .setComprehension(loop.toBuilder()
                                .setIterRange(rewritten(loop.iterRange()))
                                .setAccuInit(rewritten(loop.accuInit()))
                                .setLoopCondition(rewritten(loop.loopCondition()))
                                .setLoopStep(rewritten(loop.loopStep()))
                                .setResult(rewritten(loop.result()))
                                .build())
                        .build();
            }
            default -> expression;
        };
    }

    private CelExpr call(CelExpr expression) {
        CelCall.Builder call = expression.call().toBuilder();
        expression.call().target().ifPresent(target -> call.setTarget(rewritten(target)));
        for (int index = 0; index < expression.call().args().size(); index++) {
            call.setArg(index, rewritten(expression.call().args().get(index)));
        }
        return expression.toBuilder().setCall(call.build()).build();
    }

    private CelExpr compared(CelExpr expression) {
        CelCall call = expression.call();
        if (COMPARISONS.contains(call.function())) {
            CelExpr left = call.args().get(0);
            CelExpr right = call.args().get(1);
            if (Compared.isPercentile(left) && right.exprKind().getKind() == Kind.CONSTANT) {
                return guarded(expression, left);
            }
            if (Compared.isPercentile(right) && left.exprKind().getKind() == Kind.CONSTANT) {
                return guarded(expression, right);
            }
        }
        if (OF_TEXT.contains(call.function())
                && call.target().filter(MixedValues::isEntry).isPresent()) {
            return guarded(expression, call.target().get(), call.args().get(0));
        }
        if (COMPARISONS.contains(call.function()) && isEntry(call.args().get(0))) {
            return guarded(expression, call.args().get(0), call.args().get(1));
        }
        return COMPARISONS.contains(call.function()) && isEntry(call.args().get(1))
                ? guarded(expression, call.args().get(1), call.args().get(0))
                : expression;
    }

    private CelExpr guarded(CelExpr comparison, CelExpr percentile) {
        CelExpr ranked = CelExpr.ofCall(
                ++lastId,
                Optional.empty(),
                Compared.RANKED,
                ImmutableList.of(
                        copy(percentile.call().args().get(0)),
                        copy(percentile.call().args().get(1))));
        return both(ranked, comparison);
    }

    private CelExpr guarded(CelExpr comparison, CelExpr entry, CelExpr other) {
        List<CelExpr> mapAndKey = entry.call().args();
        CelExpr like = CelExpr.ofCall(
                ++lastId,
                Optional.empty(),
                LIKE,
                ImmutableList.of(copy(mapAndKey.get(0)), copy(mapAndKey.get(1)), copy(constant(other))));
        return both(like, comparison);
    }

    private CelExpr both(CelExpr guard, CelExpr comparison) {
        CelExpr both = CelExpr.ofCall(++lastId, Optional.empty(), "_&&_", ImmutableList.of(guard, comparison));
        // As for a macro: it is written as the comparison alone.
        source.addMacroCalls(both.id(), comparison);
        return both;
    }

    /** The type of a list is that of its first element. */
    private static CelExpr constant(CelExpr other) {
        return other.exprKind().getKind() == Kind.LIST ? other.list().elements().get(0) : other;
    }

    /** A copy of a chain of selections, or of a constant, under new ids. */
    private CelExpr copy(CelExpr expression) {
        if (expression.exprKind().getKind() == Kind.SELECT) {
            return CelExpr.ofSelect(
                    ++lastId,
                    copy(expression.select().operand()),
                    expression.select().field(),
                    false);
        }
        if (expression.exprKind().getKind() == Kind.IDENT) {
            return CelExpr.ofIdent(++lastId, expression.ident().name());
        }
        if (expression.exprKind().getKind() == Kind.CONSTANT) {
            CelConstant constant = expression.constant();
            return CelExpr.ofConstant(++lastId, constant);
        }
        throw new IllegalArgumentException("an entry is compared with a constant only, not with " + expression);
    }

    static CelMacro map() {
        return CelMacro.newReceiverMacro("map", 2, MixedValues::mapped);
    }

    /** The values of a list's elements; of entries only the numbers, because only functions of numbers may follow. */
    private static Optional<CelExpr> mapped(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr value = arguments.get(1);
        if (!isEntry(value)) {
            return CelStandardMacro.MAP.getDefinition().getExpander().expandMacro(factory, target, arguments);
        }
        List<CelExpr> mapAndKey = value.call().args();
        CelExpr isNumber = factory.newGlobalCall(
                LIKE, factory.copy(mapAndKey.get(0)), factory.copy(mapAndKey.get(1)), factory.newDoubleLiteral(0.0));
        ImmutableList<CelExpr> numbers =
                ImmutableList.of(arguments.get(0), isNumber, factory.newGlobalCall("double", value));
        return CelStandardMacro.MAP_FILTER.getDefinition().getExpander().expandMacro(factory, target, numbers);
    }

    private static boolean isEntry(CelExpr expression) {
        return expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals("_[_]")
                && isMap(expression.call().args().get(0));
    }

    private static boolean isMap(CelExpr expression) {
        return expression.exprKind().getKind() == Kind.SELECT
                && MAPS.contains(expression.select().field());
    }

    /** Arguments: map, key, constant. */
    static boolean like(Object[] a) {
        Object entry = ((Map<?, ?>) a[0]).get(a[1]);
        return (entry instanceof Number && a[2] instanceof Number)
                || (entry instanceof String && a[2] instanceof String)
                || (entry instanceof Boolean && a[2] instanceof Boolean);
    }
}
