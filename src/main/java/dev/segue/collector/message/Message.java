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
 */
public record Message(@Nullable JsonObject members, String json, String path) {
    /** The longest message that is accepted, in bytes of UTF-8. */
    public static final int LONGEST = 32 * 1024;

    /** True if the sender gave the message an id. */
    public boolean hasId() {
        return members != null && members.get("messageId") != null;
    }

    /** The size in bytes of UTF-8. */
    int bytes() {
        // No character takes more than three bytes of UTF-8.
        return json.length() * 3 <= LONGEST ? json.length() : json.getBytes(StandardCharsets.UTF_8).length;
    }
}
