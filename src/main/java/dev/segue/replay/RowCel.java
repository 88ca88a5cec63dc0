package dev.segue.replay;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.segue.event.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles expressions over {@code row} (a text for each column; JSON columns untyped) and {@code tables} (the mapping's
 * look-up tables). The common shapes become small nodes ({@link RowNodes}); the rest runs on CEL's own runtime.
 */
final class RowCel {
    private final Columns columns;
    private final Map<String, Map<String, String>> tables;
    private final CelCompiler compiler;
    private final CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();

    /** What is wrong with an expression. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Invalid(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        /** Characters from the expression's start to the place. */
        int offset() {
            return offset;
        }
    }

    /** A compiled expression and the type that CEL found for it. */
    record Compiled(RowExpression expression, CelType type) {}

    RowCel(Columns columns, Map<String, Map<String, String>> tables) {
        this.columns = columns;
        this.tables = tables;
        ImmutableMap.Builder<String, CelType> cells = ImmutableMap.builder();
        for (int column = 0; column < columns.names().size(); column++) {
            cells.put(columns.names().get(column), columns.json(column) ? SimpleType.DYN : SimpleType.STRING);
        }
        ImmutableMap.Builder<String, CelType> lookups = ImmutableMap.builder();
        tables.keySet().forEach(name -> lookups.put(name, MapType.create(SimpleType.STRING, SimpleType.STRING)));
        StructType row = struct("Row", cells.buildOrThrow());
        StructType lookup = struct("Tables", lookups.buildOrThrow());
        this.compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setTypeProvider(new Types(ImmutableList.of(row, lookup)))
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("row", row)
                .addVar("tables", lookup)
                .build();
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** @throws Invalid with the first problem */
    Compiled compile(String text) throws Invalid {
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            throw invalid(text, result.getErrors().get(0));
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            RowExpression node = new RowNodes(columns, tables).expression(ast.getExpr());
            return new Compiled(node == null ? program(text, ast) : node, ast.getResultType());
        } catch (CelValidationException | CelEvaluationException failure) {
            throw new Invalid(String.valueOf(failure.getMessage()), 0);
        }
    }

    private Invalid invalid(String text, CelIssue issue) {
        String message = issue.getMessage().lines().findFirst().orElse("not an expression");
        int offset = 0;
        int line = 1;
        while (line < issue.getSourceLocation().getLine() && text.indexOf('\n', offset) >= 0) {
            offset = text.indexOf('\n', offset) + 1;
            line++;
        }
        offset += Math.max(0, issue.getSourceLocation().getColumn());
        return new Invalid(message + hint(message), Math.min(offset, text.length()));
    }

    private String hint(String message) {
        int start = message.indexOf("undefined field '");
        if (start < 0) {
            return "";
        }
        String rest = message.substring(start + "undefined field '".length());
        return "." + Nearest.hint(rest.substring(0, Math.max(0, rest.indexOf('\''))), columns.names());
    }

    private RowExpression program(String text, CelAbstractSyntaxTree ast) throws CelEvaluationException {
        CelRuntime.Program program = runtime.createProgram(ast);
        List<Integer> read = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.expr().getKind() == CelExpr.ExprKind.Kind.SELECT)
                .map(node -> columns.indexOf(node.expr().select().field()))
                .filter(column -> column >= 0)
                .distinct()
                .toList();
        return row -> {
            try {
                return program.eval(Map.of("row", row.view(read), "tables", tables));
            } catch (CelEvaluationException failure) {
                throw new RefusedRow("the expression " + text + " fails", String.valueOf(failure.getMessage()));
            }
        };
    }

    private static final class Types implements CelTypeProvider {
        private final ImmutableList<StructType> types;

        Types(ImmutableList<StructType> types) {
            this.types = types;
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(types);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return types.stream()
                    .filter(type -> type.name().equals(name))
                    .map(CelType.class::cast)
                    .findFirst();
        }
    }
}
