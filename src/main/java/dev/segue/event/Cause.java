package dev.segue.event;

import org.jspecify.annotations.Nullable;

/**
 * What made the engine look.
 *
 * @param eventId the event, where the kind is EVENT; null otherwise
 * @param eventType its type, where the kind is EVENT; null otherwise
 */
public record Cause(
        Kind kind, @Nullable String eventId, @Nullable String eventType) {
    public static final Cause DEADLINE = new Cause(Kind.DEADLINE, null, null);
    public static final Cause DEFINITION = new Cause(Kind.DEFINITION, null, null);
    public static final Cause ERASURE = new Cause(Kind.ERASURE, null, null);

    public static Cause of(Event event) {
        return new Cause(Kind.EVENT, event.eventId(), event.type().name());
    }

    /** The kinds of cause. */
    public enum Kind {
        EVENT,
        DEADLINE,
        DEFINITION,
        MERGE,
        POPULATION,
        ERASURE
    }
}
