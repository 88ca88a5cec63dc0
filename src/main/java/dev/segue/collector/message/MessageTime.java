// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.mapping.TimeFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When a message happened by our clock. The sender's clock may be wrong by years, but it was equally wrong when it sent
 * the message: what passed between {@code timestamp} and {@code sentAt} is right.
 */
final class MessageTime {
    private static final TimeFormat ISO = TimeFormat.of("iso", ZoneOffset.UTC);
    private static final TimeFormat MILLIS = TimeFormat.of("millis", ZoneOffset.UTC);

    private MessageTime() {}

    /**
     * The corrected time, never after the receipt.
     *
     * @param timestamp by the sender's clock: ISO 8601, or milliseconds since the epoch; null for the time of receipt
     * @param sentAt by the sender's clock; null, or a text that is no time, leaves the timestamp as it is
     * @throws RefusedRow if the timestamp is no time
     */
    static Instant of(@Nullable String timestamp, @Nullable String sentAt, Instant receivedAt) throws RefusedRow {
        if (timestamp == null) {
            return receivedAt;
        }
        long happened = millis(timestamp);
        Long sent = sentAt == null ? null : readable(sentAt);
        long corrected = sent == null ? happened : happened + (receivedAt.toEpochMilli() - sent);
        return Instant.ofEpochMilli(Math.min(corrected, receivedAt.toEpochMilli()));
    }

    private static @Nullable Long readable(String text) {
        try {
            return millis(text);
        } catch (RefusedRow noTime) {
            return null;
        }
    }

    private static long millis(String text) throws RefusedRow {
        boolean number = !text.isEmpty() && text.chars().allMatch(character -> character >= '0' && character <= '9');
        return (number ? MILLIS : ISO).read(text);
    }
}
