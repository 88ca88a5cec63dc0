// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.segue.event.Nearest;
import dev.segue.replay.file.Columns;
import dev.segue.replay.file.ForeignJson;
import dev.segue.replay.file.RefusedRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over {@code row} (a text for each column; JSON columns untyped), {@code tables} (the mapping's
 * look-up tables) and, below {@code each}, {@code item}. Common forms become small nodes ({@link RowNodes}); all others
 * run on CEL's own runtime, with CEL's string extension and {@link KeyedList}.
 */
final class RowCel {
    private final Columns columns;
    private final Map<String, Map<String, String>> tables;
    private final CelCompiler compiler;
    private final CelCompiler itemCompiler;
    private final CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(KeyedList.binding())
            .build();

    /** An invalid expression. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Invalid(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        /** Position of the problem, in characters from the expression's start. */
        int offset() {
            return offset;
        }
    }

    /**
     * A compiled expression.
     *
     * @param type the type that CEL inferred
     * @param columns positions of the columns that it reads
     */
    record Compiled(RowExpression expression, CelType type, List<Integer> columns) {}

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
                .addLibraries(CelExtensions.strings())
                .addFunctionDeclarations(KeyedList.declaration())
                .addFunctionDeclarations(RowFunctions.declarations())
                .addVar("row", row)
                .addVar("tables", lookup)
                .build();
        this.itemCompiler =
                compiler.toCompilerBuilder().addVar("item", SimpleType.DYN).build();
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /**
     * @param withItem true if the expression may read {@code item}
     * @throws Invalid with the first problem
     */
    Compiled compile(String text, boolean withItem) throws Invalid {
        CelCompiler chosen = withItem ? itemCompiler : compiler;
        CelValidationResult parsed = chosen.parse(text);
        if (parsed.hasError()) {
            throw invalid(text, parsed.getErrors().get(0));
        }
        try {
            CelValidationResult result = chosen.check(RowIndex.asPaths(parsed.getAst()));
            if (result.hasError()) {
                throw invalid(text, result.getErrors().get(0));
            }
            CelAbstractSyntaxTree ast = result.getAst();
            List<Integer> read = columns(ast);
            RowExpression node = new RowNodes(columns, tables).expression(ast.getExpr());
            if (node == null) {
                requireNone(RowFunctions.NAMES, ast);
            }
            return new Compiled(node == null ? program(text, ast, read) : node, ast.getResultType(), read);
        } catch (CelValidationException | CelEvaluationException failure) {
            throw new Invalid(String.valueOf(failure.getMessage()), 0);
        }
    }

    /** These functions have nodes only. */
    private static void requireNone(Set<String> functions, CelAbstractSyntaxTree ast) throws Invalid {
        Optional<String> used = CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(expr -> expr.call().function())
                .filter(functions::contains)
                .findFirst();
        if (used.isPresent()) {
            throw new Invalid(
                    used.get() + "() must be the whole expression, and takes paths such as row.traits and texts", 0);
        }
    }

    private Invalid invalid(String text, CelIssue issue) {
        String message = issue.getMessage()
                .lines()
                .findFirst()
                .orElse("not an expression")
                .replace(" (in container '')", "");
        int offset = 0;
        int line = 1;
        while (line < issue.getSourceLocation().getLine() && text.indexOf('\n', offset) >= 0) {
            offset = text.indexOf('\n', offset) + 1;
            line++;
        }
        offset += Math.max(0, issue.getSourceLocation().getColumn());
        int place = Math.min(offset, text.length());
        String mixed = TextAsNumber.complaint(message, text, place);
        return mixed == null ? new Invalid(message + hint(message), place) : new Invalid(mixed, place);
    }

    private String hint(String message) {
        String field = between(message, "undefined field '");
        if (field != null) {
            return "." + Nearest.hint(field, columns.names());
        }
        String name = between(message, "undeclared reference to '");
        if (name == null) {
            return "";
        }
        if (name.equals("item")) {
            return ": 'item' exists only below 'each'";
        }
        return columns.indexOf(name) >= 0
                ? ". Did you mean row." + name + "?"
                : ". Put a text in quotes: '" + name + "'. A column is row.NAME, or row['NAME WITH BLANKS'].";
    }

    private static @Nullable String between(String message, String before) {
        int start = message.indexOf(before);
        if (start < 0) {
            return null;
        }
        String rest = message.substring(start + before.length());
        return rest.substring(0, Math.max(0, rest.indexOf('\'')));
    }

    private List<Integer> columns(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.expr().getKind() == CelExpr.ExprKind.Kind.SELECT)
                .filter(node -> RowNodes.isVariable(node.expr().select().operand(), "row"))
                .map(node -> columns.indexOf(node.expr().select().field()))
                .filter(column -> column >= 0)
                .distinct()
                .toList();
    }

    private RowExpression program(String text, CelAbstractSyntaxTree ast, List<Integer> read)
            throws CelEvaluationException {
        CelRuntime.Program program = runtime.createProgram(ast);
        return row -> {
            try {
                Object item = row.item();
                Map<String, Object> values = item == null
                        ? Map.of("row", row.view(read), "tables", tables)
                        : Map.of("row", row.view(read), "tables", tables, "item", ForeignJson.forCel(item));
                Object value = program.eval(values);
                return value instanceof NullValue ? null : value;
            } catch (CelEvaluationException failure) {
                throw new RefusedRow("the expression " + text + " fails", plain(failure));
            }
        };
    }

    /** CEL's message without the names of its classes and codes. */
    private static String plain(CelEvaluationException failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^evaluation error( at <input>:[0-9]+)?: ", "")
                .replaceAll("[a-z]+(\\.[a-z_]+)+\\.[A-Z][A-Za-z$]*:? ?", "");
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
