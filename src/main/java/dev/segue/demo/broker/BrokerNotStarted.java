// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

/** The embedded broker cannot start, for a reason that the user can mend; the message names it and says how. */
public final class BrokerNotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    public BrokerNotStarted(String message) {
        super(message);
    }

    public BrokerNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
