// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import com.google.common.hash.Hashing;
import dev.segue.definition.language.Expression;
import dev.segue.event.Evidence;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.value.DurationText;
import dev.segue.value.EvaluationException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The percentile of a customer in a population. When it changes, the plan evaluates the definitions that read it.
 *
 * @param population the population's id
 * @param compared the percentile with which it is compared, in tenths of a percent; null if with no constant
 */
public record PercentileReading(
        long population, ValueBuckets buckets, @Nullable Integer compared, String text) implements Reading {
    private static final double TENTHS = 10;
    private static final MathContext FIVE_DIGITS = new MathContext(5);

    static PercentileReading of(Expression.Percentile percentile, @Nullable Integer compared) {
        return new PercentileReading(
                id(percentile), ValueBuckets.of(percentile.value().type()), compared, percentile.text());
    }

    /** Returns the id of a percentile's population, below 2 to the power of 32: each customer's state stores it. */
    public static long id(Expression.Percentile percentile) {
        return Integer.toUnsignedLong(Hashing.sha256()
                .hashString(percentile.population(), StandardCharsets.UTF_8)
                .asInt());
    }

    /** Returns the percentile in tenths of a percent; -1 if the customer has none. */
    int tenths(Frame frame) {
        Cuts cuts = cuts(frame);
        return cuts == null ? -1 : cuts.tenths(bucket(frame));
    }

    private int bucket(Frame frame) {
        return frame.state().standings().bucket(population);
    }

    private @Nullable Cuts cuts(Frame frame) {
        return frame.state().cuts().at(population, frame.now());
    }

    @Override
    public Object value(Frame frame) {
        int tenths = tenths(frame);
        if (tenths < 0) {
            throw new EvaluationException("the customer has no percentile");
        }
        return tenths / TENTHS;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {}

    /** The percentile, the number of customers, and the least value of the percentile with which it is compared. */
    @Override
    public Evidence evidence(Frame frame) {
        Cuts cuts = cuts(frame);
        if (cuts == null || bucket(frame) == ValueBuckets.NONE) {
            throw new EvaluationException("the customer is not counted");
        }
        Map<String, Object> found = new LinkedHashMap<>();
        int tenths = cuts.tenths(bucket(frame));
        if (tenths >= 0) {
            found.put("percentile", tenths / TENTHS);
        }
        found.put("customers", cuts.customers());
        Integer lowest = compared == null ? null : cuts.lowest(compared);
        if (lowest != null && lowest != ValueBuckets.NONE) {
            found.put("from_" + compared / TENTHS, readable(buckets.lowest(lowest)));
        }
        return new Evidence(text, found, false, false);
    }

    /** Buckets are half a percent wide, so more digits would say nothing. */
    private static Object readable(Object value) {
        if (value instanceof Duration span) {
            return DurationText.write(span);
        }
        return value instanceof Double number
                ? (Object) new BigDecimal(number).round(FIVE_DIGITS).doubleValue()
                : value;
    }
}
