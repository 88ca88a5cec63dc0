package dev.segue.plan;

import dev.segue.definition.Expression;
import dev.segue.definition.Expression.Lambda;
import dev.segue.definition.Expression.Select;
import dev.segue.definition.Expression.Variable;
import dev.segue.definition.Pipeline;
import dev.segue.definition.Reduction;
import dev.segue.definition.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From a reading to the aggregate that it needs and the node that asks it. */
final class ReadingCompiler {
    private final ExpressionCompiler expressions;
    private final Aggregates aggregates;

    ReadingCompiler(ExpressionCompiler expressions, Aggregates aggregates) {
        this.expressions = expressions;
        this.aggregates = aggregates;
    }

    /** @param bound counting further than this changes nothing; {@link Integer#MAX_VALUE} where it does */
    Reading compile(Expression.Reading reading, int bound) {
        Object zero = reading.type().zero();
        if (reading.pipeline().source().equals(Streams.CART)) {
            return cart(reading, zero);
        }
        boolean untimed = reading.pipeline().steps().stream().allMatch(step -> step instanceof Pipeline.Filter);
        Reduction reduction = reading.reduction();
        if (untimed && (reduction == Reduction.COUNT || reduction == Reduction.EXISTS || reduction == Reduction.SUM)) {
            Lambda summed = reduction == Reduction.SUM ? reading.projection() : null;
            return new TotalReading(
                    aggregates.total(kept(reading.pipeline(), summed)), reduction, zero, reading.text());
        }
        int needed = switch (reduction) {
            case EXISTS, LATEST -> 1;
            case COUNT, DISTINCT_COUNT -> bound;
            default -> Integer.MAX_VALUE;
        };
        // What is counted needs no values, and so shares its series with all who count the same.
        Lambda projection = reduction == Reduction.COUNT ? null : reading.projection();
        boolean distinct = reduction == Reduction.DISTINCT || reduction == Reduction.DISTINCT_COUNT;
        SeriesView view = view(reading.pipeline(), projection, needed, distinct, reduction != Reduction.LATEST);
        return new SeriesReading(
                view, reduction, reduction == Reduction.LATEST ? Integer.MAX_VALUE : needed, zero, reading.text());
    }

    /** @param counted whether seeing too few, where they are too many, is told by the bound */
    private SeriesView view(
            Pipeline pipeline, @Nullable Lambda projection, int needed, boolean distinct, boolean counted) {
        long window = Retention.FOREVER;
        long age = 0;
        List<SeriesView> anchors = new ArrayList<>();
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Within within) {
                window = Math.min(window, within.window().millis());
            } else if (step instanceof Pipeline.Before before) {
                age = Math.max(age, before.age().millis());
            } else if (step instanceof Pipeline.After after) {
                anchors.add(view(after.other(), null, 1, false, false));
            }
        }
        boolean cutInFront = window != Retention.FOREVER || !anchors.isEmpty();
        Retention need;
        if (needed == Integer.MAX_VALUE) {
            need = Retention.all(window);
        } else if (age == 0) {
            need = Retention.latest(needed, window);
        } else if (!cutInFront && !distinct && counted) {
            need = Retention.oldest(needed);
        } else {
            need = Retention.all(window);
        }
        if (distinct && age == 0) {
            need = need.asUnique();
        }
        return new SeriesView(aggregates.series(kept(pipeline, projection), need), window, age, List.copyOf(anchors));
    }

    private Aggregates.Kept kept(Pipeline pipeline, @Nullable Lambda projection) {
        List<Node> filters = new ArrayList<>();
        StringBuilder text = new StringBuilder(pipeline.source());
        for (Pipeline.Step step : pipeline.steps()) {
            if (step instanceof Pipeline.Filter filter) {
                filters.add(expressions.body(filter.condition()));
                text.append("|filter ").append(filter.condition().anonymous().text());
            }
        }
        Node value = null;
        if (projection != null) {
            value = expressions.body(projection);
            text.append("|value ").append(projection.anonymous().text());
        }
        return new Aggregates.Kept(pipeline.source(), List.copyOf(filters), value, text.toString());
    }

    private Reading cart(Expression.Reading reading, Object zero) {
        Set<String> details = new TreeSet<>();
        List<CartReading.CartFilter> filters = new ArrayList<>();
        for (Pipeline.Step step : reading.pipeline().steps()) {
            if (step instanceof Pipeline.Filter filter) {
                collectFields(filter.condition().body(), filter.condition().variable(), details);
                filters.add(new CartReading.Matching(expressions.body(filter.condition())));
            } else if (step instanceof Pipeline.Within within) {
                filters.add(new CartReading.Within(within.window().millis()));
            } else if (step instanceof Pipeline.Before before) {
                filters.add(new CartReading.Before(before.age().millis()));
            } else if (step instanceof Pipeline.After after) {
                filters.add(new CartReading.After(view(after.other(), null, 1, false, false)));
            }
        }
        Lambda projection = reading.projection();
        Node value = null;
        if (projection != null) {
            collectFields(projection.body(), projection.variable(), details);
            value = expressions.body(projection);
        }
        details.removeAll(List.of("product_id", "quantity", "time"));
        return new CartReading(
                aggregates.cart(details),
                expressions.streams().elements().get(Streams.CART),
                List.copyOf(filters),
                value,
                reading.reduction(),
                zero,
                reading.text());
    }

    /** The fields of the lambda's element that an expression reads. */
    private static void collectFields(Expression expression, Variable element, Set<String> fields) {
        if (expression instanceof Select select && select.operand().equals(element)) {
            fields.add(select.field());
        } else if (expression instanceof Expression.Has has && has.operand().equals(element)) {
            fields.add(has.field());
        }
        expression.children().forEach(child -> collectFields(child, element, fields));
    }
}
