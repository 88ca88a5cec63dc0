// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

/** A request that is not answered with a page; the message says what was wrong, and how to mend it. */
final class WebRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    WebRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
