package dev.segue.plan;

import dev.segue.definition.Expression;
import dev.segue.definition.Expression.Call;
import dev.segue.definition.Expression.Lambda;
import dev.segue.definition.Expression.Literal;
import dev.segue.definition.Expression.Select;
import dev.segue.definition.Expression.Variable;
import dev.segue.definition.Reduction;
import dev.segue.definition.Streams;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From checked expressions to nodes. One compiler serves one expression; aggregates are shared through {@link Aggregates}. */
final class ExpressionCompiler {
    private static final Map<String, CountComparison.Operator> COMPARISONS = Map.of(
            "_<_", CountComparison.Operator.LESS,
            "_<=_", CountComparison.Operator.AT_MOST,
            "_==_", CountComparison.Operator.EQUAL,
            "_!=_", CountComparison.Operator.DIFFERENT,
            "_>=_", CountComparison.Operator.AT_LEAST,
            "_>_", CountComparison.Operator.MORE);

    private final Streams streams;
    private final ReadingCompiler readings;
    private final List<Reading> found = new ArrayList<>();
    private final List<Variable> scope = new ArrayList<>();

    ExpressionCompiler(Streams streams, Aggregates aggregates) {
        this.streams = streams;
        this.readings = new ReadingCompiler(this, aggregates);
    }

    Streams streams() {
        return streams;
    }

    /** The readings of the compiled expression, in the order written. */
    List<Reading> readings() {
        return found;
    }

    Node compile(Expression expression) {
        if (expression instanceof Literal literal) {
            return new Constant(literal.value());
        }
        if (expression instanceof Variable variable) {
            return new Element(depth(variable));
        }
        if (expression instanceof Select select) {
            return field(select);
        }
        if (expression instanceof Expression.Has has) {
            return isSet(has);
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        if (expression instanceof Expression.ListOf list) {
            return new Applied(Literals.LIST, compileAll(list.elements()));
        }
        if (expression instanceof Expression.MapOf map) {
            return new Applied(Literals.MAP, compileAll(map.children()));
        }
        if (expression instanceof Expression.Comprehension loop) {
            Node range = compile(loop.range());
            return new Loop(loop.kind(), range, scope.size(), body(loop.lambda()));
        }
        if (expression instanceof Expression.Reduce reduce) {
            return new Reduced(
                    compile(reduce.list()), reduce.reduction(), reduce.type().zero());
        }
        return add(readings.compile((Expression.Reading) expression, Integer.MAX_VALUE));
    }

    /** The body of a lambda inside the lambdas already open. */
    Node body(Lambda lambda) {
        if (scope.size() == Frame.MAX_DEPTH) {
            throw new IllegalArgumentException("lambdas nest more than " + Frame.MAX_DEPTH + " deep");
        }
        scope.add(lambda.variable());
        try {
            return compile(lambda.body());
        } finally {
            scope.remove(scope.size() - 1);
        }
    }

    private Reading add(Reading reading) {
        found.add(reading);
        return reading;
    }

    private List<Node> compileAll(List<Expression> expressions) {
        List<Node> nodes = new ArrayList<>();
        expressions.forEach(expression -> nodes.add(compile(expression)));
        return List.copyOf(nodes);
    }

    private int depth(Variable variable) {
        for (int depth = scope.size() - 1; depth >= 0; depth--) {
            if (scope.get(depth).name().equals(variable.name())) {
                return depth;
            }
        }
        throw new IllegalArgumentException("'" + variable.name() + "' is not in sight");
    }

    private Node field(Select select) {
        Node operand = compile(select.operand());
        if (!(select.operand().type() instanceof FieldType.Nested nested)) {
            return new MapEntry(operand, new Constant(select.field()));
        }
        RecordType record = nested.record();
        if (isEvent(record) && select.field().equals("time")) {
            return new EventTime(operand);
        }
        if (record.name().equals(Streams.ACTIVITY)
                && isEvent(record)
                && select.field().equals("type")) {
            return new EventTypeName(operand);
        }
        return new FieldValue(
                operand, record.slot(select.field()), select.type().zero());
    }

    private Node isSet(Expression.Has has) {
        Node operand = compile(has.operand());
        if (!(has.operand().type() instanceof FieldType.Nested nested)) {
            return new MapEntry.IsSet(operand, has.field());
        }
        boolean type =
                nested.record().name().equals(Streams.ACTIVITY) && has.field().equals("type");
        boolean computed = isEvent(nested.record()) && (type || Streams.computed(has.field()));
        return computed
                ? new Constant(true)
                : new FieldValue.IsSet(operand, nested.record().slot(has.field()));
    }

    /** Whether values of this record are events rather than plain fields. */
    private boolean isEvent(RecordType record) {
        return !record.name().equals(Streams.CART)
                && record.equals(streams.elements().get(record.name()));
    }

    private Node call(Call call) {
        List<Expression> arguments = call.arguments();
        CountComparison.Operator operator = COMPARISONS.get(call.function());
        if (operator != null && isCount(arguments.get(0)) && arguments.get(1) instanceof Literal constant) {
            return counted((Expression.Reading) arguments.get(0), operator, constant);
        }
        if (operator != null && isCount(arguments.get(1)) && arguments.get(0) instanceof Literal constant) {
            return counted((Expression.Reading) arguments.get(1), operator.mirrored(), constant);
        }
        List<Node> nodes = compileAll(arguments);
        return switch (call.function()) {
            case "_&&_" -> Junction.and(nodes.get(0), nodes.get(1));
            case "_||_" -> Junction.or(nodes.get(0), nodes.get(1));
            case "!_" -> new Not(nodes.get(0));
            case "_?_:_" -> new Conditional(nodes.get(0), nodes.get(1), nodes.get(2));
            case "_[_]" -> new MapEntry(nodes.get(0), nodes.get(1));
            default -> new Applied(Functions.named(call.function()), nodes);
        };
    }

    private static boolean isCount(Expression expression) {
        return expression instanceof Expression.Reading reading
                && (reading.reduction() == Reduction.COUNT || reading.reduction() == Reduction.DISTINCT_COUNT);
    }

    private Node counted(Expression.Reading reading, CountComparison.Operator operator, Literal constant) {
        long limit = (Long) constant.value();
        long bound = operator.bound(limit);
        Counting counting =
                (Counting) add(readings.compile(reading, bound < Retention.CAP ? (int) bound : Integer.MAX_VALUE));
        return new CountComparison(counting, operator, limit);
    }
}
