// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/**
 * A file that cannot be read at all: absent, not text, or different from its mapping. The message explains how to fix
 * that.
 */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFile(String message) {
        super(message);
    }
}
