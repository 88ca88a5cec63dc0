// SPDX-License-Identifier: Apache-2.0
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
 * @param enteredAt on EXITED, when the customer had entered; on a backfilled ENTERED, when the customer would have
 *     entered; null otherwise
 * @param definitionVersion the version of the definition that produced the change
 * @param carry the data that the definition attaches, in the definition's order; empty on EXITED
 * @param correction true if a late event revoked an entry that should not have happened
 * @param backfilled true if the change was computed from the past of a new or changed definition
 * @param mergedInto on EXITED, the customer with whom the membership goes on, because both are one person; null otherwise
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
        boolean correction,
        boolean backfilled,
        @Nullable String mergedInto) {

    /** Begins a change that a deadline caused, noticed at once, with nothing else to say. */
    public static Builder of(String customerId, String segment, Kind kind, Instant effectiveAt) {
        return new Builder(customerId, segment, kind, effectiveAt);
    }

    /** A copy to alter. */
    public Builder toBuilder() {
        return of(customerId, segment, kind, effectiveAt)
                .changeId(changeId)
                .value(value)
                .group(group)
                .detectedAt(detectedAt)
                .enteredAt(enteredAt)
                .definitionVersion(definitionVersion)
                .cause(cause)
                .evidence(evidence)
                .carry(carry)
                .correction(correction)
                .backfilled(backfilled)
                .mergedInto(mergedInto);
    }

    /** A copy without carry, whose evidence is limited to numbers, booleans and instants. */
    public Change brief() {
        List<Evidence> brief = evidence.stream()
                .filter(part -> !(part.value() instanceof CharSequence
                        || part.value() instanceof Collection
                        || part.value() instanceof Map))
                .toList();
        return toBuilder().evidence(brief).carry(Map.of()).build();
    }

    public enum Kind {
        ENTERED,
        EXITED,
        UPDATED
    }

    /** Collects the parts of a change. */
    public static final class Builder {
        private final String customerId;
        private final String segment;
        private final Kind kind;
        private final Instant effectiveAt;
        private String changeId = "";
        private @Nullable Object value;
        private @Nullable String group;
        private Instant detectedAt;
        private @Nullable Instant enteredAt;
        private String definitionVersion = "";
        private Cause cause = Cause.DEADLINE;
        private List<Evidence> evidence = List.of();
        private Map<String, Object> carry = Map.of();
        private boolean correction;
        private boolean backfilled;
        private @Nullable String mergedInto;

        private Builder(String customerId, String segment, Kind kind, Instant effectiveAt) {
            this.customerId = customerId;
            this.segment = segment;
            this.kind = kind;
            this.effectiveAt = effectiveAt;
            this.detectedAt = effectiveAt;
        }

        public Builder changeId(String id) {
            changeId = id;
            return this;
        }

        public Builder value(@Nullable Object given) {
            value = given;
            return this;
        }

        public Builder group(@Nullable String given) {
            group = given;
            return this;
        }

        public Builder detectedAt(Instant clock) {
            detectedAt = clock;
            return this;
        }

        public Builder enteredAt(@Nullable Instant instant) {
            enteredAt = instant;
            return this;
        }

        public Builder definitionVersion(String version) {
            definitionVersion = version;
            return this;
        }

        public Builder cause(Cause given) {
            cause = given;
            return this;
        }

        public Builder evidence(List<Evidence> given) {
            evidence = given;
            return this;
        }

        public Builder carry(Map<String, Object> given) {
            carry = given;
            return this;
        }

        public Builder correction(boolean given) {
            correction = given;
            return this;
        }

        public Builder backfilled(boolean given) {
            backfilled = given;
            return this;
        }

        public Builder mergedInto(@Nullable String customerId) {
            mergedInto = customerId;
            return this;
        }

        public Change build() {
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
                    evidence,
                    carry,
                    correction,
                    backfilled,
                    mergedInto);
        }
    }
}
