// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

/** An expression has no value here, such as a division by zero. Expected: it is counted, and the expression is false. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        // No stack trace: the message says all, and a bad definition may fail on every event.
        super(message, null, false, false);
    }
}
