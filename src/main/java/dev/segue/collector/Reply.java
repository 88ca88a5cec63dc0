// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.serde.event.JsonLines;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response.
 *
 * @param retryAfter when to try again; null if that would not help
 */
record Reply(
        int status, String type, ByteBuffer body, @Nullable Duration retryAfter) {
    private static final String JSON = "application/json";

    /** A transparent picture of one pixel. */
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    static Reply json(int status, Map<String, ?> values) {
        return new Reply(status, JSON, StandardCharsets.UTF_8.encode(JsonLines.write(values) + "\n"), null);
    }

    /** Without a body. */
    static Reply empty(int status) {
        return new Reply(status, "", ByteBuffer.allocate(0), null);
    }

    static Reply success() {
        return json(200, Map.of("success", true));
    }

    static Reply pixel() {
        return new Reply(200, "image/gif", ByteBuffer.wrap(PIXEL), null);
    }

    /** An error in one sentence. */
    static Reply error(int status, String message) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("success", false);
        values.put("message", message);
        return json(status, values);
    }

    static Reply of(RefusedRequest refusal) {
        Reply reply = error(refusal.status(), String.valueOf(refusal.getMessage()));
        return new Reply(reply.status, reply.type, reply.body, refusal.retryAfter());
    }
}
