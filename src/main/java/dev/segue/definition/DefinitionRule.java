// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule by which a definition decides membership or computes a value. */
public sealed interface DefinitionRule {

    /**
     * Decides whether the customer is in the segment.
     *
     * @param when the customer enters when this holds (and {@code until} does not)
     * @param until the customer leaves when this holds; null: when {@code when} no longer holds
     * @param holdFor how long {@code when} must hold without interruption before the customer enters; null for no wait
     * @param cooldown how long after leaving the customer cannot enter again; null for no wait
     */
    record Segment(
            Expression when,
            @Nullable Expression until,
            @Nullable Span holdFor,
            @Nullable Span cooldown) implements DefinitionRule {}

    /**
     * Puts the customer into one of several segments, or none.
     *
     * @param choices the segments' names and conditions; the first condition that holds decides
     */
    record Group(Map<String, Expression> choices) implements DefinitionRule {}

    /**
     * Computes a value.
     *
     * @param when the customer has a value while this holds; null: while the value is not an empty string
     */
    record Trait(@Nullable Expression when, Expression value) implements DefinitionRule {}

    /**
     * Counts the customer among those of a population. Never written: each {@code percentile()} of the others has one.
     *
     * @param percentile one of those that ask for it
     * @param askedBy name of the first definition that asks for it
     */
    record Population(Expression.Percentile percentile, String askedBy) implements DefinitionRule {}
}
