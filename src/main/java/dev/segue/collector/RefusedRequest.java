// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that is not accepted as a whole. The message is one sentence for the sender. Has no stack trace. */
final class RefusedRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final @Nullable Duration retryAfter;

    private RefusedRequest(int status, String reason, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    static RefusedRequest unknownKey() {
        return new RefusedRequest(
                HttpStatus.UNAUTHORIZED_401,
                "unknown-key",
                "the write key is missing or unknown: send it as the user of basic authentication, or as writeKey",
                null);
    }

    static RefusedRequest foreignOrigin(String origin) {
        return new RefusedRequest(
                HttpStatus.FORBIDDEN_403,
                "foreign-origin",
                "pages of " + origin + " may not use this write key (web_origins)",
                null);
    }

    static RefusedRequest malformed(String message) {
        return new RefusedRequest(HttpStatus.BAD_REQUEST_400, "malformed", message, null);
    }

    static RefusedRequest tooLarge(String message) {
        return new RefusedRequest(HttpStatus.PAYLOAD_TOO_LARGE_413, "too-large", message, null);
    }

    static RefusedRequest tooSlow() {
        return new RefusedRequest(HttpStatus.REQUEST_TIMEOUT_408, "too-slow", "the body took too long to arrive", null);
    }

    static RefusedRequest tooMany(Duration retryAfter) {
        return new RefusedRequest(
                HttpStatus.TOO_MANY_REQUESTS_429,
                "rate",
                "more events per second than the write key allows (events_per_second)",
                retryAfter);
    }

    /** Nothing, or not everything, is in Kafka: the sender must send it again. */
    static RefusedRequest unavailable(String reason) {
        return new RefusedRequest(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                reason,
                "the events cannot be stored at the moment; send them again",
                Duration.ofSeconds(2));
    }

    int status() {
        return status;
    }

    /** One word for metrics. */
    String reason() {
        return reason;
    }

    /** When to try again; null if that would not help. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
