// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression compiled for CEL's runtime.
 *
 * @param zeros the results of calls on empty streams, by their numbers
 * @param readings the parts that read a stream, in the order written
 */
record Question(String text, CelRuntime.Program program, Map<Long, Object> zeros, List<Question> readings) {

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
            case Hidden.ZEROS -> zeros;
            case Hidden.ZONE -> moment.zone().getId();
            case Hidden.SEGMENTS -> List.copyOf(moment.segments());
            case "profile" -> moment.profile();
            case "customer" -> moment.customer();
            default -> moment.streams().apply(name);
        };
    }

    /** Returns whether it holds; an evaluation error makes it false. */
    boolean holds(Moment moment) {
        return Boolean.TRUE.equals(answer(moment));
    }
}
