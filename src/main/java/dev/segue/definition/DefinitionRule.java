// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a definition decides, and how. */
public sealed interface DefinitionRule {

    /**
     * In or out.
     *
     * @param when the customer enters when this holds (and {@code until} does not)
     * @param until the customer leaves when this holds; null: when {@code when} does not
     * @param holdFor how long {@code when} must have held without a break before the customer enters; null: not at all
     * @param cooldown how long after leaving the customer cannot enter again; null: not at all
     */
    record Segment(
            Expression when,
            @Nullable Expression until,
            @Nullable Span holdFor,
            @Nullable Span cooldown) implements DefinitionRule {}

    /**
     * One of several segments, or none.
     *
     * @param choices the segments' names and conditions; the first that holds counts
     */
    record Group(Map<String, Expression> choices) implements DefinitionRule {}

    /**
     * A value.
     *
     * @param when there is a value while this holds; null: while it is not an empty string
     */
    record Trait(@Nullable Expression when, Expression value) implements DefinitionRule {}
}
