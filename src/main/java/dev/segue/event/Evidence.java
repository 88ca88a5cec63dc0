// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of one part of an expression at the instant of a change.
 *
 * @param expression the part's canonical text, with the definition's constants filled in
 * @param value a Boolean, Long, Double, String, Instant, List or Map (with string keys) of these
 * @param atLeast true if Segue stores only as much as the comparison needs, so the exact value may be larger
 * @param approximate true if a limit made the value inexact
 * @param historySince the definition looks back further than this, but knows no earlier events; null if it knows all
 */
public record Evidence(
        String expression,
        Object value,
        boolean atLeast,
        boolean approximate,
        @Nullable Instant historySince) {

    /** Evidence of a definition that knows all events. */
    public Evidence(String expression, Object value, boolean atLeast, boolean approximate) {
        this(expression, value, atLeast, approximate, null);
    }

    public Evidence knownSince(Instant instant) {
        return new Evidence(expression, value, atLeast, approximate, instant);
    }
}
