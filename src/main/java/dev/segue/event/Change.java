package dev.segue.event;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of one customer's membership in one segment.
 *
 * @param changeId deterministic: replaying the log yields equal ids
 * @param segment the segment's name; for a group, the name of the choice
 * @param value a trait's value (see {@link Evidence} for its classes); null for segments and on EXITED
 * @param group the group that the segment is a choice of; null outside groups
 * @param effectiveAt the exact instant at which the membership changed
 * @param detectedAt the clock when Segue detected the change
 * @param enteredAt on EXITED, when the customer had entered; null otherwise
 * @param definitionVersion the version of the definition that produced the change
 * @param carry the data that the definition attaches, in the definition's order; empty on EXITED
 * @param correction true if a late event revoked an entry that should not have happened
 */
public record Change(
        String changeId,
        String customerId,
        String segment,
        Kind kind,
        @Nullable Object value,
        @Nullable String group,
        Instant effectiveAt,
        Instant detectedAt,
        @Nullable Instant enteredAt,
        String definitionVersion,
        Cause cause,
        List<Evidence> evidence,
        Map<String, Object> carry,
        boolean correction) {

    /** A copy without carry, whose evidence is limited to numbers, booleans and instants. */
    public Change brief() {
        List<Evidence> brief = evidence.stream()
                .filter(part -> !(part.value() instanceof CharSequence
                        || part.value() instanceof Collection
                        || part.value() instanceof Map))
                .toList();
        return new Change(
                changeId,
                customerId,
                segment,
                kind,
                value,
                group,
                effectiveAt,
                detectedAt,
                enteredAt,
                definitionVersion,
                cause,
                brief,
                Map.of(),
                correction);
    }

    public enum Kind {
        ENTERED,
        EXITED,
        UPDATED
    }
}
