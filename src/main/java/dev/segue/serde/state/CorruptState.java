// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

/** A stored state that cannot be decoded: the store is damaged. */
public final class CorruptState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptState(String message) {
        super("stored state cannot be read: " + message);
    }

    CorruptState(String message, Throwable cause) {
        super("stored state cannot be read: " + message, cause);
    }
}
