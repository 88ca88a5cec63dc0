// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Expression.Call;
import dev.segue.definition.language.Expression.Lambda;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.definition.language.Expression.Select;
import dev.segue.definition.language.Expression.Variable;
import dev.segue.definition.language.Operators;
import dev.segue.definition.language.Streams;
import dev.segue.definition.reduction.Most;
import dev.segue.definition.reduction.Reductions;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.event.RecordType;
import dev.segue.plan.need.GroupNeeds;
import dev.segue.plan.state.Functions;
import dev.segue.plan.state.Retention;
import dev.segue.value.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a checked expression to nodes. Each expression needs its own compiler; aggregates are shared through {@link
 * AggregateNeeds}.
 */
public final class ExpressionCompiler {
    private final Streams streams;
    private final AggregateNeeds aggregates;
    private final ReadingCompiler readings;
    private final ProfileReadings profile;
    private final List<Reading> found = new ArrayList<>();
    private final List<Reading> hidden = new ArrayList<>();
    private int hiding;
    private boolean timed;
    private boolean asksAboutProducts;
    private final List<Variable> scope = new ArrayList<>();

    public ExpressionCompiler(Streams streams, AggregateNeeds aggregates) {
        this.streams = streams;
        this.aggregates = aggregates;
        this.readings = new ReadingCompiler(this, aggregates);
        this.profile = new ProfileReadings(aggregates);
    }

    /** The readings of the compiled expression, in the order written: the evidence lists them. */
    public List<Reading> readings() {
        return List.copyOf(found);
    }

    /** Returns further readings on which the expression depends. */
    public List<Reading> hidden() {
        return List.copyOf(hidden);
    }

    /** Returns whether the result changes with the calendar, even for customers without stored aggregates. */
    public boolean isTimed() {
        return timed;
    }

    /** Returns whether the result depends on facts of products. */
    public boolean asksAboutProducts() {
        return asksAboutProducts;
    }

    public Node compile(Expression expression) {
        Reading ofProfile = profile.of(expression);
        if (ofProfile != null) {
            return add(ofProfile);
        }
        if (CustomerReading.reads(expression)) {
            return add(ofCustomer(expression));
        }
        if (expression instanceof Literal literal) {
            return new Node.Constant(literal.value());
        }
        if (expression instanceof Variable variable) {
            return new Element(depth(variable));
        }
        if (expression instanceof Select select && select.operand() instanceof Expression.Product product) {
            return add(new ProductReading(fact(product, select.field()), Fields.zero(select.type()), select.text()));
        }
        if (expression instanceof Expression.Has has && has.operand() instanceof Expression.Product product) {
            return add(new ProductReading.IsSet(fact(product, has.field()), has.text()));
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
        if (expression instanceof Expression.Attribute attribute) {
            return attribute(attribute);
        }
        if (expression instanceof Expression.IsOfType typed) {
            return new MapEntry.IsOfType(attribute(typed.attribute()));
        }
        if (expression instanceof Expression.AttributeTest test) {
            return attributeTest(test);
        }
        if (expression instanceof Expression.ListOf list) {
            return folded(new Applied(Functions.LIST, compileAll(list.elements())));
        }
        if (expression instanceof Expression.MapOf map) {
            return new Applied(Functions.MAP, compileAll(map.children()));
        }
        if (expression instanceof Expression.Comprehension || expression instanceof Expression.Reduce) {
            Expression.Grouped groups = GroupNeeds.in(expression);
            return groups == null ? list(expression, null) : overGroups(expression, groups);
        }
        if (expression instanceof Expression.Profile) {
            throw new IllegalArgumentException("the whole profile is not a value");
        }
        if (expression instanceof Expression.Customer) {
            throw new IllegalArgumentException("the whole customer is not a value");
        }
        if (expression instanceof Expression.Calendar calendar) {
            timed = true;
            Node date = compile(calendar.date());
            return add(new CalendarReading(
                    date, calendar.days(), calendar.yearly(), profile.timeZone(), aggregates.zones(), calendar.text()));
        }
        if (expression instanceof Expression.Launched launched) {
            asksAboutProducts = true;
            Node category = compile(launched.category());
            return add(new ProductReading.Launched(category, launched.window().millis(), launched.text()));
        }
        if (expression instanceof Expression.Percentile percentile) {
            return percentile(percentile, PercentileReading.of(percentile, null));
        }
        if (expression instanceof Expression.InSegment membership) {
            return add(new SegmentReading(membership.segment(), membership.text()));
        }
        Reading reading = add(reading((Expression.Reading) expression));
        // Over a list of values, streams do not depend on the element.
        return scope.isEmpty() || hiding > 0 ? reading : new ProductReading.Once(reading);
    }

    private ProductReading.Fact fact(Expression.Product product, String field) {
        asksAboutProducts = true;
        Node id = compile(product.id());
        Expression variant = product.variant();
        Node named = variant == null ? ProductReading.NO_VARIANT : compile(variant);
        return new ProductReading.Fact(id, named, ProductFacts.TYPE.slot(field));
    }

    /** The value that is compared is read too, so that evidence shows it. */
    private PercentileReading percentile(Expression.Percentile percentile, PercentileReading reading) {
        Node unused = compile(percentile.value());
        add(reading);
        return reading;
    }

    private MapEntry.Typed attribute(Expression.Attribute attribute) {
        ProfileReading.Entry ofProfile = profile.of(attribute);
        if (ofProfile != null) {
            add(ofProfile);
        }
        Node.Entry entry = ofProfile == null
                ? new MapEntry(compile(attribute.map()), new Node.Constant(attribute.key()))
                : ofProfile;
        return MapEntry.Typed.of(entry, attribute.type());
    }

    private Node attributeTest(Expression.AttributeTest test) {
        Call comparison = test.comparison();
        List<Node> nodes = compileAll(comparison.arguments());
        int position = comparison.arguments().indexOf(test.attribute());
        return new MapEntry.Test(
                (MapEntry.Typed) nodes.get(position), new Applied(function(comparison.function(), nodes), nodes));
    }

    private Reading reading(Expression.Reading reading) {
        return readings.compile(reading, Integer.MAX_VALUE);
    }

    /** @param groups the groups that the list contains; null for a list inside an element */
    private Node list(Expression expression, @Nullable GroupSource groups) {
        if (expression instanceof Expression.Comprehension loop) {
            Node range = list(loop.range(), groups);
            int before = hidden.size();
            Node body = body(loop.lambda());
            Loop.Memory memory = groups == null ? Loop.Memory.NONE : memory(hidden.subList(before, hidden.size()));
            boolean timed = groups != null || mayChangeByTime(hidden.subList(before, hidden.size()));
            return new Loop(loop.kind(), range, scope.size(), body, timed, memory);
        }
        if (expression instanceof Expression.Reduce reduce) {
            return new Loop.Reduced(list(reduce.list(), groups), reduce.reduction(), zero(reduce.type()));
        }
        return groups != null && expression instanceof Expression.Grouped ? groups : compile(expression);
    }

    /** Returns whether a body reads more than its element and facts of products, so that time may change it. */
    private static boolean mayChangeByTime(List<Reading> read) {
        return read.stream()
                .anyMatch(reading -> !(reading instanceof ProductReading || reading instanceof ProductReading.IsSet));
    }

    /** @param read the readings in the body of a lambda over groups */
    private Loop.Memory memory(List<Reading> read) {
        if (!scope.isEmpty() || !read.stream().allMatch(reading -> reading instanceof Counting)) {
            return Loop.Memory.NONE;
        }
        Set<Integer> around = new TreeSet<>();
        if (!readings.areOfGroupAlone(read)) {
            read.forEach(reading -> reading.forEachAggregate(around::add));
        }
        return new Loop.Memory(true, List.copyOf(around));
    }

    /** An expression over groups is one reading, because readings inside the groups have no value outside. */
    private Node overGroups(Expression whole, Expression.Grouped groups) {
        int before = hidden.size();
        hiding++;
        GroupSource source = groups instanceof Expression.Groups ofStream
                ? readings.enterGroups(ofStream, whole)
                : readings.enterGroups((Expression.ByKey) groups, whole);
        Node node = list(whole, source);
        readings.leaveGroups();
        hiding--;
        List<Reading> inner = List.copyOf(hidden.subList(before, hidden.size()));
        return add(new GroupReading(node, source, inner, whole.text()));
    }

    /** What is computed of the ids is one reading, so that evidence shows the result rather than all ids. */
    private Reading ofCustomer(Expression expression) {
        if (expression instanceof Select select) {
            return CustomerReading.of(select);
        }
        int before = hidden.size();
        hiding++;
        Node node = list(expression, null);
        hiding--;
        return new CustomerReading(node, List.copyOf(hidden.subList(before, hidden.size())), expression.text());
    }

    /** Returns the default for an unset value of a type; for most(), a default value with count 0. */
    static Object zero(FieldType type) {
        Object ofNothing = Most.ofNothing(type);
        return ofNothing == null ? Fields.zero(type) : ofNothing;
    }

    /** Returns the number of open lambdas, which is the depth of the next one. */
    int depth() {
        return scope.size();
    }

    int depthOf(String variable) {
        return depth(new Variable(variable, FieldType.Scalar.BOOLEAN));
    }

    /**
     * Compiles the body of a lambda over an incoming event. No other lambda is open at that time, whatever lambdas
     * enclose the reading.
     */
    Node bodyOverEvent(Lambda lambda) {
        List<Variable> around = List.copyOf(scope);
        scope.clear();
        try {
            return body(lambda);
        } finally {
            scope.addAll(around);
        }
    }

    /** Compiles the body of a lambda inside the open lambdas. */
    public Node body(Lambda lambda) {
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
        (hiding > 0 || !scope.isEmpty() ? hidden : found).add(reading);
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
        throw new IllegalArgumentException("'" + variable.name() + "' is not in scope");
    }

    private Node field(Select select) {
        if (select.operand() instanceof Expression.Reading reading
                && select.operand().type() instanceof FieldType.Nested nested
                && !isElement(nested.record())) {
            Reading operand = reading(reading);
            return add(new ReadField(operand, fieldOf(operand, nested.record(), select)));
        }
        Node operand = compile(select.operand());
        if (!(select.operand().type() instanceof FieldType.Nested nested)) {
            return new MapEntry(operand, new Node.Constant(select.field()));
        }
        RecordType record = nested.record();
        if (isElement(record) && Streams.computed(select.field())) {
            return new TimeField(operand, TimeField.Part.of(select.field()), aggregates.zones());
        }
        if (isElement(record) && isTypeName(record, select.field())) {
            return new Element.TypeName(operand);
        }
        return fieldOf(operand, record, select);
    }

    private static FieldValue fieldOf(Node operand, RecordType record, Select select) {
        return new FieldValue(operand, record.slot(select.field()), select.field(), Fields.zero(select.type()));
    }

    private static boolean isTypeName(RecordType record, String field) {
        return record.name().equals(Streams.ACTIVITY) && field.equals(Element.TypeName.FIELD);
    }

    private Node isSet(Expression.Has has) {
        Node operand = compile(has.operand());
        if (!(has.operand().type() instanceof FieldType.Nested nested)) {
            return new MapEntry.IsSet(operand, has.field());
        }
        RecordType record = nested.record();
        boolean always = isElement(record) && (Streams.computed(has.field()) || isTypeName(record, has.field()));
        return always ? new Node.Constant(true) : new FieldValue.IsSet(operand, record.slot(has.field()), has.field());
    }

    /** Returns whether values of this record are elements of a stream, which have a time. */
    private boolean isElement(RecordType record) {
        return record.equals(streams.elements().get(record.name()));
    }

    private Node call(Call call) {
        List<Expression> arguments = call.arguments();
        CountComparison.Operator operator = CountComparison.Operator.of(call.function());
        if (operator != null && isCount(arguments.get(0)) && arguments.get(1) instanceof Literal constant) {
            return counted((Expression.Reading) arguments.get(0), operator, constant);
        }
        if (operator != null && isCount(arguments.get(1)) && arguments.get(0) instanceof Literal constant) {
            return counted((Expression.Reading) arguments.get(1), operator.mirrored(), constant);
        }
        PercentileReading.Comparison ofPercentile = PercentileReading.Comparison.of(call);
        if (ofPercentile != null) {
            Expression side = arguments.get(arguments.get(0) instanceof Literal ? 1 : 0);
            PercentileReading unused = percentile((Expression.Percentile) side, ofPercentile.percentile());
            return ofPercentile;
        }
        List<Node> nodes = compileAll(arguments);
        return switch (call.function()) {
            case Operators.AND -> Junction.and(nodes.get(0), nodes.get(1));
            case Operators.OR -> Junction.or(nodes.get(0), nodes.get(1));
            case Operators.NOT -> new Junction.Not(nodes.get(0));
            case Operators.CONDITIONAL -> new Junction.Conditional(nodes.get(0), nodes.get(1), nodes.get(2));
            case Operators.INDEX -> new MapEntry(nodes.get(0), nodes.get(1));
            default -> folded(new Applied(function(call.function(), nodes), nodes));
        };
    }

    private static Functions.Operation function(String name, List<Node> arguments) {
        return name.equals("matches") && arguments.get(1) instanceof Node.Constant pattern
                ? Functions.matching((String) pattern.constant())
                : Functions.named(name);
    }

    /** Evaluates an expression over constants once. If it has no value, it stays as it is and fails when evaluated. */
    private static Node folded(Applied applied) {
        if (!applied.arguments().stream().allMatch(argument -> argument instanceof Node.Constant)) {
            return applied;
        }
        try {
            return new Node.Constant(applied.value(new Frame("no element")));
        } catch (EvaluationException none) {
            return applied;
        }
    }

    private static boolean isCount(Expression expression) {
        return expression instanceof Expression.Reading reading
                && (reading.reduction() == Reductions.COUNT || reading.reduction() == Reductions.DISTINCT_COUNT);
    }

    private Node counted(Expression.Reading reading, CountComparison.Operator operator, Literal constant) {
        long limit = (Long) constant.value();
        long bound = operator.bound(limit);
        Counting counting = readings.compile(reading, bound < Retention.CAP ? (int) bound : Integer.MAX_VALUE);
        add(counting);
        return new CountComparison(counting, operator, limit);
    }
}
