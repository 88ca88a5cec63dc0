// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/**
 * One row that cannot become an event. The reason is equal for all rows of its kind, so that they can be counted; the
 * detail is specific to the row. Has no stack trace, because a file may have a hundred thousand such rows.
 */
public final class RefusedRow extends Exception {
    private static final long serialVersionUID = 1L;

    private final String detail;

    public RefusedRow(String reason, String detail) {
        super(reason, null, false, false);
        this.detail = detail;
    }

    public RefusedRow(String reason) {
        this(reason, "");
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The offending value, quoted, or an empty text. */
    public String detail() {
        return detail;
    }

    /** A value for messages: in quotes, and cut if it is long. */
    public static String quote(Object value) {
        String text = value.toString();
        return text.length() <= 60 ? "'" + text + "'" : "'" + text.substring(0, 57) + "...'";
    }
}
