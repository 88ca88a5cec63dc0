// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.SimpleType;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Comprehension;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Reduce;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.reduction.Reduction;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Converts CEL's checked tree to {@link Expression}: macros become single nodes, constants are filled in. */
final class Lowering {
    private static final Set<String> FUNCTIONS = Set.of(
            "size",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "lower",
            "trim",
            "int",
            "double",
            "string",
            "timestamp",
            "duration");

    /** What is asked about the customer, or of the time, but not about an element. */
    private static final Set<String> CUSTOMER_FUNCTIONS =
            Set.of("upcoming", "yearly", "in_segment", Expression.Launched.FUNCTION);

    private final CelAbstractSyntaxTree tree;
    private final SourcePlaces places;
    private final Language.Dialect dialect;
    private final Map<String, Literal> params;
    private final PopulationKeys populations;
    private final Map<String, Integer> references = new LinkedHashMap<>();
    private final IdentityHashMap<Expression, Integer> starts = new IdentityHashMap<>();
    private final Set<String> readParams = new HashSet<>();

    /** @param populations of percentiles */
    Lowering(
            CelAbstractSyntaxTree tree,
            Language.Dialect dialect,
            Map<String, Literal> params,
            PopulationKeys populations) {
        this.populations = populations;
        this.tree = tree;
        this.places = new SourcePlaces(tree);
        this.dialect = dialect;
        this.params = params;
    }

    /** @throws Refusal for a sub-expression that CEL accepts but Segue does not */
    Expression lower() {
        return lower(tree.getExpr(), Scope.TOP);
    }

    Expression lower(CelExpr node, Scope scope) {
        Expression lowered = lowered(node, scope);
        boolean isParam = node.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT
                && isParams(node.select().operand());
        if (!isParam) {
            starts.put(lowered, places.start(node));
        }
        return lowered;
    }

    private Expression lowered(CelExpr node, Scope scope) {
        CelExpr expression = macro(node);
        if (scope.allowsStreams()) {
            StreamShape shape = new StreamShape(this, scope);
            Expression reading = shape.reading(expression);
            Expression found = reading == null ? shape.groups(expression) : reading;
            if (found != null) {
                return found;
            }
            shape.refuseList(expression);
        }
        return switch (expression.exprKind().getKind()) {
            case CONSTANT -> constant(expression);
            case IDENT -> identifier(expression, scope);
            case SELECT -> select(expression, scope);
            case CALL -> call(expression, scope);
            case LIST -> list(expression, scope);
            case MAP -> map(expression, scope);
            default -> throw refuse(expression, "this is not part of the segment language.");
        };
    }

    CelExpr macro(CelExpr expression) {
        return places.macro(expression);
    }

    private Expression constant(CelExpr expression) {
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> new Literal(constant.booleanValue(), Scalar.BOOLEAN);
            case INT64_VALUE -> new Literal(constant.int64Value(), Scalar.INTEGER);
            case DOUBLE_VALUE -> new Literal(constant.doubleValue(), Scalar.DOUBLE);
            case STRING_VALUE -> new Literal(constant.stringValue(), Scalar.STRING);
            default ->
                throw refuse(expression, "constants are true, false, whole numbers, numbers with a point, and texts.");
        };
    }

    private Expression identifier(CelExpr expression, Scope scope) {
        String name = expression.ident().name();
        Variable variable = scope.find(name);
        KeyVariable ofKey = KeyVariable.of(variable, streams());
        if (ofKey != null) {
            throw refuse(expression, ofKey.notAlone());
        }
        if (scope.hidden().contains(name)) {
            throw refuse(
                    expression,
                    "'" + name
                            + "' cannot be used inside the condition of a stream or of a group. Compare it with values of"
                            + " the stream outside, such as " + name
                            + " in product_viewed.map(v, v.product_id).distinct().");
        }
        if (variable != null && scope.allowsStreams() && !scope.seesStreams()) {
            throw refuse(
                    expression,
                    "'" + name + "' is a group of events, not a value. Reduce it to a value, such as " + name
                            + ".count().");
        }
        if (variable != null) {
            return variable;
        }
        if (name.equals("profile")) {
            return new Expression.Profile(type(expression));
        }
        if (name.equals(Streams.CUSTOMER)) {
            return new Expression.Customer(type(expression));
        }
        if (streams().byKey().containsKey(name)) {
            throw refuse(
                    expression,
                    "'" + name + "' cannot be used inside the condition of a stream or of a group. Test it outside and"
                            + " join the two with &&.");
        }
        if (streams().elements().containsKey(name)) {
            throw refuse(
                    expression,
                    scope.seesStreams()
                            ? "'" + name + "' is a list of events, not a value. Reduce it to a value, such as " + name
                                    + ".count()."
                            : "'" + name
                                    + "' cannot be used inside the condition of another stream, which sees only its"
                                    + " own element. Test it outside and join the two with &&.");
        }
        throw refuse(
                expression,
                "'" + name + "' cannot be used alone here. Select one of its fields, such as " + name + ".x.");
    }

    private Expression select(CelExpr expression, Scope scope) {
        CelExpr operand = macro(expression.select().operand());
        String field = expression.select().field();
        if (isParams(operand)) {
            return param(field);
        }
        KeyVariable ofKey = operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                ? KeyVariable.of(scope.find(operand.ident().name()), streams())
                : null;
        if (ofKey != null && scope.allowsStreams() && field.equals(Streams.KEY)) {
            return new Expression.Select(ofKey.variable(), field, Scalar.STRING);
        }
        if (ofKey != null) {
            throw refuse(expression, ofKey.notInside(field));
        }
        Expression of = record(operand, scope);
        requireParts(of, expression);
        return new Expression.Select(of, field, type(expression));
    }

    /** CEL leaves the type of an attribute open, and so accepts parts of it. */
    private void requireParts(Expression operand, CelExpr part) {
        if (Attributes.is(operand)) {
            throw refuse(part, Attributes.withoutParts(operand));
        }
    }

    private Literal param(String name) {
        readParams.add(name);
        return params.get(name);
    }

    static boolean isParams(CelExpr operand) {
        return operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && operand.ident().name().equals("params");
    }

    private Expression call(CelExpr expression, Scope scope) {
        CelCall call = expression.call();
        String function = call.function();
        if (function.equals("has")) {
            CelExpr select = call.args().get(0);
            Expression ofOne = scope.allowsStreams() ? new StreamShape(this, scope).isSetOfOne(select) : null;
            return ofOne != null ? ofOne : has(select, scope);
        }
        if (call.target().isPresent()) {
            for (Comprehension.Kind kind : Comprehension.Kind.values()) {
                if (kind.word().equals(function)) {
                    return comprehension(expression, kind, scope);
                }
            }
            if (Reductions.FUNCTIONS.containsKey(function)) {
                return reduce(expression, scope);
            }
        }
        if (CUSTOMER_FUNCTIONS.contains(function)) {
            return customerFunction(expression, scope);
        }
        if (function.equals(Percentiles.FUNCTION)) {
            return percentile(expression, scope);
        }
        if (ProductFunctions.isProduct(expression)) {
            throw refuse(expression, ProductFunctions.notAlone(product(expression, scope)));
        }
        boolean operator = Operators.precedence(function) < 9;
        if (!FUNCTIONS.contains(function) && !operator && !function.equals(Operators.INDEX)) {
            throw new Refusal(places.offset(expression), notHere(function));
        }
        List<Expression> arguments = new ArrayList<>();
        call.target().ifPresent(target -> arguments.add(lower(target, scope)));
        call.args().forEach(argument -> arguments.add(lower(argument, scope)));
        for (Expression argument : arguments) {
            if (isGroups(argument)) {
                throw refuse(
                        expression,
                        "'" + argument.text()
                                + "' is a list of groups, not a value. Test them with exists, or count those"
                                + " for which a condition holds with filter(...).count().");
            }
        }
        Percentiles.compared(function, arguments).ifPresent(message -> {
            throw refuse(expression, message);
        });
        for (int index = 0; operator && index < arguments.size(); index++) {
            if (arguments.get(index).type().holdsRecord()) {
                throw refuse(call.args().get(index), "a whole record cannot be compared. Compare one of its fields.");
            }
        }
        if (function.equals("matches")) {
            Constants.checkPattern(arguments.get(1)).ifPresent(message -> {
                throw refuse(call.args().get(call.args().size() - 1), message);
            });
        }
        if (function.equals(Operators.INDEX)) {
            requireParts(arguments.get(0), expression);
            requireType(arguments.get(1), call.args().get(1));
            return new Call(function, List.copyOf(arguments), type(expression));
        }
        boolean open =
                Stream.concat(call.target().stream(), call.args().stream()).anyMatch(this::isOpen);
        if (!open) {
            return new Call(function, List.copyOf(arguments), type(expression));
        }
        try {
            return CallTypes.typed(function, List.copyOf(arguments), () -> type(expression));
        } catch (Attributes.Unclear unclear) {
            throw refuse(expression, String.valueOf(unclear.getMessage()));
        }
    }

    private Expression percentile(CelExpr expression, Scope scope) {
        if (!scope.isTop()) {
            throw refuse(expression, Percentiles.NOT_INSIDE);
        }
        Expression value = lower(expression.call().target().orElseThrow(), scope);
        Percentiles.complaint(value).ifPresent(message -> {
            throw refuse(expression, message);
        });
        return new Expression.Percentile(value, populations.among(), populations.minimum());
    }

    /** Returns whether CEL leaves the type of a value open: an attribute, or something computed from attributes. */
    private boolean isOpen(CelExpr expression) {
        return tree.getType(expression.id()).filter(SimpleType.DYN::equals).isPresent();
    }

    /** Lowers what a field is selected of; only there can a product stand. */
    private Expression record(CelExpr operand, Scope scope) {
        return ProductFunctions.isProduct(operand) ? product(operand, scope) : lower(operand, scope);
    }

    private Expression.Product product(CelExpr expression, Scope scope) {
        List<CelExpr> named = expression.call().args();
        Expression variant = named.size() < 2 ? null : text(named.get(1), scope);
        return new Expression.Product(text(named.get(0), scope), variant, type(expression));
    }

    private Expression has(CelExpr select, Scope scope) {
        Expression operand = record(macro(select.select().operand()), scope);
        String field = select.select().field();
        if (operand instanceof Expression.Customer) {
            throw refuse(select, "every customer has 'customer." + field + "'. Leave out has(customer." + field + ").");
        }
        requireParts(operand, select);
        return new Expression.Has(operand, field);
    }

    private static String notHere(String function) {
        return Language.functionNames().contains(function)
                ? function + "() works on a stream, such as order_completed, not on a plain list."
                : "'" + function + "' is not a function of the segment language.";
    }

    private Expression comprehension(CelExpr expression, Comprehension.Kind kind, Scope scope) {
        CelCall call = expression.call();
        Expression range = lower(call.target().orElseThrow(), scope);
        if (ProductFunctions.isOfLaunches(range)) {
            // The condition may read the customer's streams, as it does not depend on an element of a stream.
            Variable product = new Variable(call.args().get(0).ident().name(), Scalar.STRING);
            Lambda lambda = new Lambda(product, lower(call.args().get(1), scope.withValue(product)));
            requireType(lambda.body(), call.args().get(1));
            return new Comprehension(kind, range, lambda, type(expression));
        }
        if (!isGroups(range)) {
            return new Comprehension(kind, range, lambda(expression, range.type(), scope), type(expression));
        }
        Variable group = new Variable(call.args().get(0).ident().name(), ((FieldType.Listing) range.type()).element());
        Lambda lambda = new Lambda(group, lower(call.args().get(1), scope.withGroup(group)));
        requireType(lambda.body(), call.args().get(1));
        // A filter over groups returns groups.
        FieldType result = kind == Comprehension.Kind.FILTER ? range.type() : type(expression);
        return new Comprehension(kind, range, lambda, result);
    }

    private static boolean isGroups(Expression range) {
        return range instanceof Expression.Grouped
                || (range instanceof Comprehension filter
                        && filter.kind() == Comprehension.Kind.FILTER
                        && isGroups(filter.range()));
    }

    /** An attribute that is missing, or not a text, reads as an empty text, which is no date and no product. */
    private Expression text(CelExpr expression, Scope scope) {
        Expression text = lower(expression, scope);
        try {
            return Attributes.is(text) ? Attributes.as(Scalar.STRING, text) : text;
        } catch (Attributes.Unclear unclear) {
            throw refuse(expression, String.valueOf(unclear.getMessage()));
        }
    }

    /** Lowers a function about the customer, not about an element. It is allowed outside lambdas only. */
    private Expression customerFunction(CelExpr expression, Scope scope) {
        CelCall call = expression.call();
        if (!scope.isTop()) {
            throw refuse(
                    expression,
                    "'" + call.function()
                            + "' cannot be used inside a condition on the elements of a stream, group or list.");
        }
        if (call.function().equals("in_segment")) {
            String segment = constantOf(call.args().get(0)).value().toString();
            references.putIfAbsent(segment, places.offset(call.args().get(0)));
            return new Expression.InSegment(segment);
        }
        if (call.function().equals(Expression.Launched.FUNCTION)) {
            Span window = duration(call.args().get(1));
            ProductFunctions.complaint(window).ifPresent(message -> {
                throw refuse(call.args().get(1), message);
            });
            return new Expression.Launched(text(call.args().get(0), scope), window);
        }
        Span lead = duration(call.args().get(1));
        long day = 86_400_000L;
        if (lead.millis() % day != 0 || lead.millis() > 366 * day) {
            throw refuse(
                    call.args().get(1),
                    "'" + lead.text() + "' must be a whole number of days, at most 366, such as '14d'.");
        }
        boolean yearly = call.function().equals("yearly");
        Expression date = text(call.args().get(0), scope);
        Constants.checkDate(date, yearly).ifPresent(message -> {
            throw refuse(call.args().get(0), message);
        });
        return new Expression.Calendar(date, lead, yearly);
    }

    Span duration(CelExpr argument) {
        Literal literal = constantOf(argument);
        String text = literal.value().toString();
        return Span.parse(text).orElseThrow(() -> refuse(argument, Span.complaint(text)));
    }

    /** Returns the segments that in_segment names, with the offset of the name in code points. */
    Map<String, Integer> references() {
        return references;
    }

    /** Returns the offset of each expression in code points, by identity. Values of params have no offset here. */
    IdentityHashMap<Expression, Integer> starts() {
        return starts;
    }

    /** Returns the params whose values were filled in. */
    Set<String> readParams() {
        return readParams;
    }

    /** Returns the lambda of a macro call over a list of the given type. */
    Lambda lambda(CelExpr macroCall, FieldType rangeType, Scope scope) {
        if (!(rangeType instanceof FieldType.Listing listing)) {
            throw refuse(macroCall, "filter, map, exists and all work on lists, not on " + rangeType.describe() + ".");
        }
        List<CelExpr> arguments = macroCall.call().args();
        Variable variable = new Variable(arguments.get(0).ident().name(), listing.element());
        Expression body = lower(arguments.get(1), scope.with(variable));
        // The values of a stream may still get a type, from the function that follows.
        if (!macroCall.call().function().equals("map") || !scope.allowsStreams()) {
            requireType(body, arguments.get(1));
        }
        return new Lambda(variable, body);
    }

    private void requireType(Expression value, CelExpr place) {
        if (Attributes.is(value)) {
            throw refuse(place, Attributes.unclear(value));
        }
    }

    private Expression reduce(CelExpr expression, Scope scope) {
        CelExpr target = macro(expression.call().target().orElseThrow());
        Reduction reduction = Reductions.FUNCTIONS.get(expression.call().function());
        Expression list = lower(target, scope);
        if (isGroups(list) && reduction != Reductions.COUNT) {
            throw refuse(
                    expression,
                    "'" + reduction.call()
                            + "' works on values, not on groups. Select a value of each group with map first: "
                            + list.text() + ".map(g, ...)." + reduction.call()
                            + ".");
        }
        return new Reduce(list, reduction, type(expression));
    }

    private Expression list(CelExpr expression, Scope scope) {
        List<Expression> elements = expression.list().elements().stream()
                .map(element -> {
                    Expression lowered = lower(element, scope);
                    requireType(lowered, element);
                    return lowered;
                })
                .toList();
        for (Expression element : elements) {
            if (!element.type().equals(elements.get(0).type())) {
                throw refuse(
                        expression, "the values of a list must have the same type: all texts, or all whole numbers.");
            }
        }
        FieldType type = elements.isEmpty()
                ? type(expression)
                : new FieldType.Listing(elements.get(0).type());
        return new Expression.ListOf(elements, type);
    }

    private Expression map(CelExpr expression, Scope scope) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        expression.map().entries().forEach(entry -> {
            keys.add(lower(entry.key(), scope));
            Expression value = lower(entry.value(), scope);
            requireType(value, entry.value());
            if (!values.isEmpty() && !value.type().equals(values.get(0).type())) {
                throw refuse(
                        expression, "the values of a map must have the same type: all texts, or all whole numbers.");
            }
            values.add(value);
        });
        if (!values.isEmpty()) {
            FieldType type = new FieldType.Mapping(values.get(0).type());
            return new Expression.MapOf(List.copyOf(keys), List.copyOf(values), type);
        }
        return new Expression.MapOf(List.copyOf(keys), List.copyOf(values), type(expression));
    }

    FieldType type(CelExpr expression) {
        // The only values whose type CEL leaves open here are the entries of maps of mixed values.
        boolean entry = expression.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT
                || (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                        && expression.call().function().equals(Operators.INDEX));
        if (entry && isOpen(expression)) {
            return Scalar.MIXED;
        }
        return tree.getType(expression.id())
                .flatMap(dialect.types()::fromCel)
                .orElseThrow(() -> refuse(expression, "the type of this cannot be determined before it is evaluated."));
    }

    Streams streams() {
        return dialect.language().streams();
    }

    /** Returns the value of a constant expression: a literal or one of the definition's params. */
    Literal constantOf(CelExpr expression) {
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT
                && isParams(expression.select().operand())) {
            return param(expression.select().field());
        }
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return (Literal) constant(expression);
        }
        throw refuse(expression, "this must be a constant: a literal or one of params.");
    }

    /** Returns the refusal of a sub-expression, at its first character. */
    Refusal refuse(CelExpr expression, String message) {
        return new Refusal(places.start(expression), message);
    }
}
