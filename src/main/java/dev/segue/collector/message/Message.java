// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.replay.file.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message of a tracker, as it was sent.
 *
 * @param members its members; null if it is not a JSON object
 * @param json its text in the request
 * @param path where it is in the request: {@code $}, or {@code $.batch[3]}
 * @param shared the context of its batch; null if there is none
 */
public record Message(
        @Nullable JsonObject members,
        String json,
        String path,
        @Nullable SharedContext shared) {
    /** The longest message that is accepted, with the context of its batch, in bytes of UTF-8. */
    public static final int LONGEST = 32 * 1024;

    /** True if the sender gave the message an id. */
    public boolean hasId() {
        return members != null && members.get("messageId") != null;
    }

    /** The size in bytes of UTF-8, with the context of its batch. */
    int bytes() {
        return bytes(json) + (shared == null ? 0 : shared.bytes());
    }

    /** The context with what the batch adds to it; null if neither has one. */
    @Nullable
    Object context() {
        Object own = members == null ? null : members.get("context");
        if (shared == null) {
            return own;
        }
        if (own == null) {
            return shared.members();
        }
        return own instanceof JsonObject object ? shared.behind(object) : own;
    }

    static int bytes(String text) {
        // No character takes more than three bytes of UTF-8.
        return text.length() * 3 <= LONGEST ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
