// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

/**
 * A mistake of the user: the message says in one sentence what is wrong, where, and how to mend it. The process ends
 * with exit code 2.
 */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
