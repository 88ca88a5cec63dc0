// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

/**
 * An expression has no value, for example because of a division by zero. This is expected: the failure is counted, and
 * the expression is false.
 */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        // No stack trace: the message is sufficient, and a bad definition may fail on every event.
        super(message, null, false, false);
    }
}
