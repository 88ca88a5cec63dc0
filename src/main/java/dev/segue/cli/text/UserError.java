// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

/**
 * A mistake of the user: the message says in one sentence what is wrong, where, and how to mend it. The process ends
 * with exit code 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A mistake in the value of an option; the message may lack its full stop. */
    public static UserError of(String option, IllegalArgumentException mistake) {
        return new UserError(option + ": " + sentence(String.valueOf(mistake.getMessage())));
    }

    /** The text with a full stop, unless it ends with one or with a question mark. */
    public static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    public UserError(String message) {
        super(message);
    }
}
