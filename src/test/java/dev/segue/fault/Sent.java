// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record of the topic of events. */
final class Sent {
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final long timestamp;
    private final @Nullable String refused;

    /**
     * @param timestamp the record's own, in milliseconds since the epoch
     * @param refused the reason for which it must become a dead letter; null if it is an event
     */
    Sent(byte @Nullable [] key, byte @Nullable [] value, long timestamp, @Nullable String refused) {
        this.key = key;
        this.value = value;
        this.timestamp = timestamp;
        this.refused = refused;
    }

    static Sent good(String customer, byte[] value, long timestamp) {
        return new Sent(customer.getBytes(StandardCharsets.UTF_8), value, timestamp, null);
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return value;
    }

    long timestamp() {
        return timestamp;
    }

    @Nullable
    String refused() {
        return refused;
    }
}
