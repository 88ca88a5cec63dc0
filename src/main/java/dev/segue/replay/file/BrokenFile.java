// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/** A file whose rest cannot be read: truncated, corrupt, or with an unclosed quote. Rows read before stay valid. */
public final class BrokenFile extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenFile(String message) {
        super(message);
    }
}
