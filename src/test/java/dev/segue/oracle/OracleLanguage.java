// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.segue.event.Vocabulary;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The language as CEL with plain functions: compiles texts without params to expressions for CEL's runtime. */
final class OracleLanguage {
    private static final int REMEMBERED_TEXTS = 10_000;

    private final Shapes shapes;
    private final OracleMoney money;
    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final CelUnparser unparser = CelUnparserFactory.newUnparser();
    private final Map<String, String> canonical = new HashMap<>();
    private final NavigableSet<Long> dues = new TreeSet<>();

    OracleLanguage(Vocabulary vocabulary, ZoneId configured, List<String> origins, OracleMoney money) {
        this.money = money;
        shapes = new Shapes(vocabulary, configured, origins);
        StreamFunctions functions = new StreamFunctions(shapes, dues::add);
        CelOptions options = CelOptions.current().populateMacroCalls(true).build();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                // Built once; otherwise the compiler would build its own for every text.
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
                .setTypeProvider(shapes)
                .setStandardMacros(
                        CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.FILTER)
                .addMacros(Hidden.macros())
                .addMacros(MixedValues.map())
                .addFunctionDeclarations(functions.declarations())
                .addVarDeclarations(
                        CelVarDecl.newVarDeclaration(Hidden.NOW, SimpleType.TIMESTAMP),
                        CelVarDecl.newVarDeclaration(Hidden.ZEROS, SimpleType.DYN),
                        CelVarDecl.newVarDeclaration(Compared.ALL, SimpleType.DYN),
                        CelVarDecl.newVarDeclaration(OracleFacts.KNOWN, SimpleType.DYN),
                        CelVarDecl.newVarDeclaration(Hidden.ZONE, SimpleType.STRING),
                        CelVarDecl.newVarDeclaration(Hidden.SEGMENTS, ListType.create(SimpleType.STRING)),
                        CelVarDecl.newVarDeclaration("profile", shapes.profile()),
                        CelVarDecl.newVarDeclaration("customer", shapes.customer()));
        shapes.streams().forEach((name, type) -> builder.addVar(name, ListType.create(type)));
        shapes.keyed().forEach((name, type) -> builder.addVar(name, ListType.create(type)));
        compiler = builder.build();
        runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .setTypeProvider(shapes)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(StandardFunction.DURATION)
                        .build())
                .addFunctionBindings(functions.bindings())
                .addFunctionBindings(CelFunctionBinding.fromOverloads(
                        "duration", CelFunctionBinding.from("string_to_duration", String.class, Instants::duration)))
                .build();
    }

    OracleMoney money() {
        return money;
    }

    Shapes shapes() {
        return shapes;
    }

    /** The due instants found by the evaluations since the last call, in milliseconds since the epoch. */
    NavigableSet<Long> takeDues() {
        NavigableSet<Long> taken = new TreeSet<>(dues);
        dues.clear();
        return taken;
    }

    /** The canonical text of an expression: spaces, quotes and redundant parentheses make no difference. */
    String canonical(String text) {
        if (canonical.size() > REMEMBERED_TEXTS) {
            canonical.clear();
        }
        return canonical.computeIfAbsent(text, this::rewritten);
    }

    private String rewritten(String text) {
        try {
            // Twice, because the parser merges two negations only if no parentheses are between them.
            return unparser.unparse(
                    compiler.parse(unparser.unparse(compiler.parse(text).getAst()))
                            .getAst());
        } catch (CelValidationException invalid) {
            return text;
        }
    }

    /** Compiles an expression without percentiles, or with those of all customers. */
    Question question(String text) {
        return question(text, null, 100);
    }

    /**
     * Compiles an expression with its readings.
     *
     * @param among see {@link OracleCuts.Population}
     */
    Question question(String text, @Nullable String among, int minimum) {
        try {
            CelAbstractSyntaxTree parsed =
                    MixedValues.rewritten(compiler.parse(text).getAst());
            CelAbstractSyntaxTree checked = compiler.check(parsed).getAst();
            Map<Long, CelExpr> expanded = new HashMap<>();
            CelNavigableAst.fromAst(checked).getRoot().allNodes().forEach(node -> expanded.put(node.id(), node.expr()));
            Map<Long, Object> zeros = zeros(checked);
            Map<Long, Percentile> percentiles = percentiles(parsed, among, minimum);
            List<Question> readings = new ArrayList<>();
            for (CelExpr reading : Readings.of(checked, shapes.streams().keySet())) {
                Question part = part(expanded.get(reading.id()), checked, zeros, percentiles);
                if (part.whole() != null) {
                    readings.addAll(part.whole().value().readings());
                }
                readings.add(part);
            }
            return new Question(text, runtime.createProgram(checked), zeros, percentiles, null, readings);
        } catch (CelValidationException | CelEvaluationException invalid) {
            throw new IllegalArgumentException(text + "\n" + invalid.getMessage(), invalid);
        }
    }

    /** The percentiles of a parsed expression, by the numbers that their macro assigned. */
    private Map<Long, Percentile> percentiles(CelAbstractSyntaxTree parsed, @Nullable String among, int minimum) {
        Map<Long, Percentile> percentiles = new HashMap<>();
        parsed.getSource().getMacroCalls().values().forEach(written -> {
            if (written.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                    && written.call().function().equals(Compared.WRITTEN)) {
                CelExpr target = written.call().target().orElseThrow();
                String value =
                        canonical(unparser.unparse(CelAbstractSyntaxTree.newParsedAst(target, parsed.getSource())));
                percentiles.put(
                        target.id(), new Percentile(question(value), new OracleCuts.Population(value, among, minimum)));
            }
        });
        return percentiles;
    }

    private Question part(
            CelExpr part, CelAbstractSyntaxTree whole, Map<Long, Object> zeros, Map<Long, Percentile> percentiles)
            throws CelEvaluationException {
        CelAbstractSyntaxTree tree = CelAbstractSyntaxTree.newCheckedAst(
                part, whole.getSource(), whole.getReferenceMap(), whole.getTypeMap());
        Percentile percentile = Compared.isPercentile(part)
                ? percentiles.get(part.call().args().get(1).constant().int64Value())
                : null;
        return new Question(
                canonical(unparser.unparse(tree)),
                runtime.createProgram(tree),
                zeros,
                percentiles,
                percentile,
                List.of());
    }

    /** The result for an empty stream of each call, by the number that its macro assigned. */
    private Map<Long, Object> zeros(CelAbstractSyntaxTree checked) {
        Map<Long, Object> zeros = new HashMap<>();
        CelNavigableAst.fromAst(checked).getRoot().allNodes().forEach(node -> {
            CelExpr expression = node.expr();
            if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                    && Hidden.WITH_ZERO.contains(expression.call().function())) {
                List<CelExpr> arguments = expression.call().args();
                zeros.put(
                        arguments.get(arguments.size() - 1).constant().int64Value(),
                        zero(checked.getTypeOrThrow(expression.id())));
            }
        });
        return zeros;
    }

    /** A record inside an element of by_product and the like is known by its name only. */
    private Object zero(CelType type) {
        return Shapes.zero(type.kind() == CelKind.STRUCT ? shapes.struct(type.name()) : type);
    }
}
