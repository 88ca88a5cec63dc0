package dev.segue.definition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Nearest;
import dev.segue.event.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns CEL's messages into sentences about streams and fields, with what was probably meant. */
final class CelMessages {
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD = Pattern.compile(
            "found no matching overload for '([^']*)' applied to '(.*)' \\(candidates: .*\\)", Pattern.DOTALL);
    private static final List<String> COMPARISONS = List.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_");

    private final Language.Dialect dialect;
    private final Map<Long, RecordType> operandOfSelect = new HashMap<>();
    private final Map<Long, Boolean> isFunction = new HashMap<>();

    CelMessages(Language.Dialect dialect, Optional<CelAbstractSyntaxTree> parsed) {
        this.dialect = dialect;
        parsed.ifPresent(tree -> visit(tree.getExpr(), Map.of()));
    }

    String translate(CelIssue issue) {
        String message = issue.getMessage();
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            RecordType record = operandOfSelect.get(issue.getExprId());
            return record == null
                    ? "undefined field '" + field.group(1) + "'."
                    : "undefined field '" + field.group(1) + "' of " + named(record) + "."
                            + Nearest.hint(field.group(1), CelTypes.fieldNames(record));
        }
        Matcher reference = REFERENCE.matcher(message);
        if (reference.matches()) {
            return unknown(reference.group(1), isFunction.getOrDefault(issue.getExprId(), false));
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return mismatch(overload.group(1), overload.group(2));
        }
        return message.strip().replaceAll("\\s+", " ");
    }

    private static String named(RecordType record) {
        return record.name().isEmpty() ? "params" : record.name();
    }

    private String unknown(String name, boolean function) {
        if (Language.NOT_YET.contains(name)) {
            return "'" + name + "' is not supported yet.";
        }
        return function
                ? "unknown function '" + name + "'." + Nearest.hint(name, Language.functionNames())
                : "unknown name '" + name + "'."
                        + Nearest.hint(name, dialect.language().variableNames());
    }

    private static String mismatch(String function, String applied) {
        String types = applied.replaceAll("google\\.protobuf\\.(Timestamp|Duration)", "$1")
                .toLowerCase(java.util.Locale.ROOT);
        if (COMPARISONS.contains(function) || Operators.precedence(function) < 9) {
            String symbol = function.replace("_", "").replace("@", "");
            String hint = types.contains("int") && types.contains("double")
                    ? " Write whole numbers beside a double with a point, such as 3.0."
                    : "";
            return "'" + symbol + "' does not work on " + types + "." + hint;
        }
        return "'" + function + "' does not work on " + types + ".";
    }

    /** Finds, for every selected field, the record it is selected from, as far as that can be known before checking. */
    private Optional<FieldType> visit(CelExpr expression, Map<String, FieldType> scope) {
        return switch (expression.exprKind().getKind()) {
            case IDENT ->
                Optional.ofNullable(scope.get(expression.ident().name()))
                        .or(() -> stream(expression.ident().name()));
            case SELECT -> visitSelect(expression, scope);
            case CALL -> visitCall(expression, scope);
            case COMPREHENSION -> visitComprehension(expression.comprehension(), scope);
            case LIST -> {
                expression.list().elements().forEach(element -> visit(element, scope));
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<FieldType> stream(String name) {
        RecordType element = dialect.language().streams().elements().get(name);
        if (element != null) {
            return Optional.of(new FieldType.Listing(new FieldType.Nested(element)));
        }
        return name.equals("params") ? dialect.types().record("").map(FieldType.Nested::new) : Optional.empty();
    }

    private Optional<FieldType> visitSelect(CelExpr expression, Map<String, FieldType> scope) {
        Optional<FieldType> operand = visit(expression.select().operand(), scope);
        if (operand.isPresent() && operand.get() instanceof FieldType.Nested nested) {
            operandOfSelect.put(expression.id(), nested.record());
            int slot = nested.record().slot(expression.select().field());
            return slot < 0
                    ? Optional.empty()
                    : Optional.of(nested.record().fields().get(slot)).map(Field::type);
        }
        return Optional.empty();
    }

    private Optional<FieldType> visitCall(CelExpr expression, Map<String, FieldType> scope) {
        isFunction.put(expression.id(), true);
        Optional<FieldType> target = expression.call().target().flatMap(operand -> visit(operand, scope));
        expression.call().args().forEach(argument -> visit(argument, scope));
        boolean element = expression.call().function().equals("latest");
        return target.map(type -> element && type instanceof FieldType.Listing listing ? listing.element() : type);
    }

    private Optional<FieldType> visitComprehension(CelExpr.CelComprehension loop, Map<String, FieldType> scope) {
        Optional<FieldType> range = visit(loop.iterRange(), scope);
        Map<String, FieldType> inner = new HashMap<>(scope);
        if (range.isPresent() && range.get() instanceof FieldType.Listing listing) {
            inner.put(loop.iterVar(), listing.element());
        }
        visit(loop.loopStep(), inner);
        return range;
    }
}
