// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

/** An expression has no value for a certain decision, and never will: the message says why. */
public final class PayloadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public PayloadFailure(String message) {
        super(message);
    }
}
