// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.event.TriggerDecision;
import java.time.Instant;

/** A decision on its way to one endpoint. For the thread of that endpoint. */
final class Letter {
    /** Approximate memory besides the bytes of the decision, which is also there decoded. */
    private static final int OVERHEAD = 600;

    private final Origin origin;
    private final TriggerDecision decision;
    private final byte[] bytes;
    private int attempts;
    private long nextAt;
    private boolean stored;
    private boolean underWay;
    private boolean withdrawn;
    private boolean settled;

    /**
     * Where the decision was read.
     *
     * @param readAt the clock, in milliseconds since the epoch
     */
    record Origin(int partition, long offset, long readAt) {}

    /** @param bytes the decision as it was read */
    Letter(Origin origin, TriggerDecision decision, byte[] bytes) {
        this.origin = origin;
        this.decision = decision;
        this.bytes = bytes;
        this.nextAt = origin.readAt();
    }

    /** A letter that the topic holds. */
    static Letter stored(Origin origin, TriggerDecision decision, byte[] bytes, int attempts, long nextAt) {
        Letter letter = new Letter(origin, decision, bytes);
        letter.attempts = attempts;
        letter.nextAt = nextAt;
        letter.stored = true;
        return letter;
    }

    /**
     * The id by which the receiver knows a repeated letter: for what is to be sent, that of the activation, of which there is
     * at most one such decision.
     */
    static String idOf(TriggerDecision decision) {
        return decision.kind() == TriggerDecision.Kind.SEND ? decision.activationId() : decision.decisionId();
    }

    String id() {
        return idOf(decision);
    }

    Origin origin() {
        return origin;
    }

    TriggerDecision decision() {
        return decision;
    }

    byte[] bytes() {
        return bytes;
    }

    String customer() {
        return decision.customerId();
    }

    long size() {
        return 2L * bytes.length + OVERHEAD;
    }

    int attempts() {
        return attempts;
    }

    /** When the next attempt is due, in milliseconds since the epoch. */
    long nextAt() {
        return nextAt;
    }

    /** @param at in milliseconds since the epoch */
    void failed(long at) {
        attempts++;
        nextAt = at;
    }

    /** In milliseconds since the epoch; the end of time if it never expires. */
    long expiresAt() {
        Instant expires = decision.expiresAt();
        boolean sends = decision.kind() == TriggerDecision.Kind.SEND;
        return !sends || expires == null ? Long.MAX_VALUE : expires.toEpochMilli();
    }

    /** When something is to be done: the next attempt, or to give it up. */
    long turnAt() {
        return Math.min(nextAt, expiresAt());
    }

    /** True if the topic holds it, or will with the transaction that is being written. */
    boolean isStored() {
        return stored;
    }

    void store() {
        stored = true;
    }

    boolean isUnderWay() {
        return underWay;
    }

    void setUnderWay(boolean value) {
        underWay = value;
    }

    /** True if it was cancelled while an attempt was under way. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    void withdraw() {
        withdrawn = true;
    }

    /** True once nothing more is to be done for it. */
    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }
}
