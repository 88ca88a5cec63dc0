// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one request.
 *
 * @param sentAt the sender's clock when it sent the batch, as it wrote it; null if only the messages say, or none does
 * @param writeKey null if the body has none
 */
public record Batch(
        List<Message> messages,
        @Nullable String sentAt,
        @Nullable String writeKey) {
    /** The most messages in one request. */
    public static final int MOST_MESSAGES = 2_500;

    public Batch {
        messages = List.copyOf(messages);
    }
}
