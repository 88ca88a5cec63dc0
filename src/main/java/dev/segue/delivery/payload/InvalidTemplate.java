// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery.payload;

/** A template or expression that cannot be used. */
public final class InvalidTemplate extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** @param offset of the problem, in characters from the start of the text */
    InvalidTemplate(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** Position of the problem, in characters from the start of the text. */
    public int offset() {
        return offset;
    }
}
