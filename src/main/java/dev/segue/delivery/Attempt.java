// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt to deliver a letter ended.
 *
 * @param reason for an operator, without secrets and data of the customer
 * @param retryAfter how long the endpoint asks to be left alone; null if it does not
 */
record Attempt(Result result, String reason, @Nullable Duration retryAfter) {
    enum Result {
        DELIVERED,
        /** May succeed later. */
        FAILED,
        /** The endpoint wants nothing any more. */
        GONE,
        /** Would fail in the same way each time. */
        IMPOSSIBLE
    }

    static Attempt delivered(String how) {
        return new Attempt(Result.DELIVERED, how, null);
    }

    static Attempt failed(String reason) {
        return new Attempt(Result.FAILED, reason, null);
    }

    static Attempt impossible(String reason) {
        return new Attempt(Result.IMPOSSIBLE, reason, null);
    }
}
