// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.ast.CelExpr;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the record from which each field of an expression is selected, as far as possible in an expression with type
 * errors.
 */
final class SelectedFields {
    private final Language.Dialect dialect;
    private final Map<Long, RecordType> records = new HashMap<>();
    private final Set<Long> functions = new HashSet<>();

    SelectedFields(Language.Dialect dialect, CelExpr expression) {
        this.dialect = dialect;
        visit(expression, Map.of());
    }

    /** Returns the record from which the selection with this id reads. */
    Optional<RecordType> record(long id) {
        return Optional.ofNullable(records.get(id));
    }

    /** Returns whether this id belongs to a function call. */
    boolean isFunction(long id) {
        return functions.contains(id);
    }

    private Optional<FieldType> visit(CelExpr expression, Map<String, FieldType> scope) {
        return switch (expression.exprKind().getKind()) {
            case IDENT ->
                Optional.ofNullable(scope.get(expression.ident().name()))
                        .or(() -> variable(expression.ident().name()));
            case SELECT -> visitSelect(expression, scope);
            case CALL -> visitCall(expression, scope);
            case COMPREHENSION -> visitComprehension(expression.comprehension(), scope);
            case LIST -> {
                Optional<FieldType> element = Optional.empty();
                for (CelExpr each : expression.list().elements()) {
                    element = visit(each, scope);
                }
                yield element.map(FieldType.Listing::new);
            }
            case MAP -> {
                expression.map().entries().forEach(entry -> {
                    visit(entry.key(), scope);
                    visit(entry.value(), scope);
                });
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Optional<FieldType> variable(String name) {
        Streams streams = dialect.language().streams();
        RecordType element =
                streams.elements().getOrDefault(name, streams.byKey().get(name));
        if (element != null) {
            return Optional.of(new FieldType.Listing(new FieldType.Nested(element)));
        }
        if (name.equals("profile")) {
            return Optional.of(new FieldType.Nested(streams.profile()));
        }
        if (name.equals(Streams.CUSTOMER)) {
            return Optional.of(new FieldType.Nested(Streams.customer()));
        }
        return name.equals("params") ? dialect.types().record("").map(FieldType.Nested::new) : Optional.empty();
    }

    private Optional<FieldType> visitSelect(CelExpr expression, Map<String, FieldType> scope) {
        Optional<FieldType> operand = visit(expression.select().operand(), scope);
        if (operand.isPresent() && operand.get() instanceof FieldType.Nested nested) {
            records.put(expression.id(), nested.record());
            int slot = nested.record().slot(expression.select().field());
            return slot < 0
                    ? Optional.empty()
                    : Optional.of(nested.record().fields().get(slot)).map(Field::type);
        }
        return Optional.empty();
    }

    private Optional<FieldType> visitCall(CelExpr expression, Map<String, FieldType> scope) {
        functions.add(expression.id());
        Optional<FieldType> target = expression.call().target().flatMap(operand -> visit(operand, scope));
        List<Optional<FieldType>> arguments = expression.call().args().stream()
                .map(argument -> visit(argument, scope))
                .toList();
        String function = expression.call().function();
        return switch (function) {
            case "latest", "first" ->
                target.map(type -> type instanceof FieldType.Listing listing ? listing.element() : type);
            case "most" -> dialect.types().record("most_string").map(FieldType.Nested::new);
            case Expression.Product.FUNCTION -> Optional.of(new FieldType.Nested(ProductFacts.TYPE));
            case Macros.GROUPS -> arguments.get(0).map(FieldType.Listing::new);
            default -> target;
        };
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
