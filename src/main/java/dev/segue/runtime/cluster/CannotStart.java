// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

/**
 * The processor or the demo cannot start or continue: the message says what is wrong, where, and how to mend it, in one
 * sentence or a line for each problem.
 */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
