// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

/** A request's body in which no messages can be told apart. The message is one sentence for the sender. */
public final class MalformedBody extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    MalformedBody(String message, boolean tooLarge) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    /** True if a limit is exceeded; false if the body is not what it should be. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
