// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

/** Thrown inside the lowering of one expression: CEL accepts it, Segue does not. Caught by {@link ExpressionChecker}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** @param offset code points from the start of the expression */
    Refusal(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
