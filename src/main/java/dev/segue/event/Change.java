package dev.segue.event;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer's answer to one segment changed.
 *
 * @param changeId deterministic: the same log gives the same id
 * @param segment the segment's name; for a group, the choice's
 * @param value a trait's value (see {@link Evidence} for its classes); null for segments and on EXITED
 * @param group the group that the segment is a choice of; null outside groups
 * @param effectiveAt the exact instant at which the answer changed
 * @param detectedAt the clock when the change was noticed
 * @param enteredAt on EXITED, when the customer had entered; null otherwise
 * @param definitionVersion which text of the definition decided
 * @param carry what the definition attaches, in the definition's order; empty on EXITED
 * @param correction true where a late event took back an entry that should not have been
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

    /** The same without its carry, and of the evidence only numbers, truths and instants. */
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

    /** What happened to the membership. */
    public enum Kind {
        ENTERED,
        EXITED,
        UPDATED
    }
}
