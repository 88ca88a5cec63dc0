// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

/**
 * The processor cannot start or continue: the message says in one sentence what is wrong, where, and how to mend it.
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
