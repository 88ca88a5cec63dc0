// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression compiled for CEL's runtime.
 *
 * @param zeros the results of calls on empty streams, by their numbers
 * @param percentiles by the numbers of their calls
 * @param whole the percentile that the expression is; null if it is none
 * @param readings the parts that read a stream, in the order written
 */
record Question(
        String text,
        CelRuntime.Program program,
        Map<Long, Object> zeros,
        Map<Long, Percentile> percentiles,
        @Nullable Percentile whole,
        List<Question> readings) {

    /** Returns the value; null after an evaluation error. */
    @Nullable
    Object answer(Moment moment) {
        try {
            Object value = program.eval(name -> Optional.ofNullable(find(name, moment)));
            return StreamFunctions.hasFailed(value) ? null : value;
        } catch (CelEvaluationException error) {
            return null;
        }
    }

    private @Nullable Object find(String name, Moment moment) {
        return switch (name) {
            case Hidden.NOW -> moment.now();
            case OracleFacts.KNOWN -> new OracleFacts.Known(moment.facts(), moment.now());
            case Hidden.ZEROS -> zeros;
            case Compared.ALL -> known(moment);
            case Hidden.ZONE -> moment.zone().getId();
            case Hidden.SEGMENTS -> List.copyOf(moment.segments());
            case "profile" -> moment.profile();
            case "customer" -> moment.customer();
            default -> moment.streams().apply(name);
        };
    }

    private Map<Long, Object> known(Moment moment) {
        Map<Long, Object> known = new HashMap<>();
        percentiles.forEach((number, percentile) -> {
            Double value = percentile.of(moment);
            if (value != null) {
                known.put(number, value);
            }
        });
        return known;
    }

    /** Returns the value in the form of evidence; null after an evaluation error. */
    @Nullable
    Object evidence(Moment moment) {
        if (whole != null) {
            return whole.evidence(moment);
        }
        Object value = answer(moment);
        return value instanceof Element part ? part.plain() : value;
    }

    /** Returns whether it holds; an evaluation error makes it false. */
    boolean holds(Moment moment) {
        return Boolean.TRUE.equals(answer(moment));
    }
}
