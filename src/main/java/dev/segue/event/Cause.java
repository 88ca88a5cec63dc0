// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import org.jspecify.annotations.Nullable;

/**
 * The trigger of an evaluation.
 *
 * @param eventId the event's id if the kind is EVENT, else null
 * @param eventType the event's type if the kind is EVENT, else null
 */
public record Cause(
        Kind kind, @Nullable String eventId, @Nullable String eventType) {
    public static final Cause DEADLINE = new Cause(Kind.DEADLINE, null, null);
    public static final Cause DEFINITION = new Cause(Kind.DEFINITION, null, null);
    public static final Cause POPULATION = new Cause(Kind.POPULATION, null, null);
    public static final Cause PRODUCT = new Cause(Kind.PRODUCT, null, null);
    public static final Cause MERGE = new Cause(Kind.MERGE, null, null);
    public static final Cause ERASURE = new Cause(Kind.ERASURE, null, null);

    public static Cause of(Event event) {
        return new Cause(Kind.EVENT, event.eventId(), event.type().name());
    }

    public enum Kind {
        EVENT,
        DEADLINE,
        DEFINITION,
        MERGE,
        POPULATION,
        PRODUCT,
        ERASURE
    }
}
