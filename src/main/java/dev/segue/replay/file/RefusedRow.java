// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/**
 * One row that cannot become an event. The reason is equal for all rows of its kind, so that they can be counted; the
 * detail is specific to the row. Has no stack trace, because a file may have a hundred thousand such rows.
 */
public final class RefusedRow extends Exception {
    private static final long serialVersionUID = 1L;

    private final String detail;
    private final String path;

    public RefusedRow(String reason, String detail) {
        this(reason, detail, "");
    }

    private RefusedRow(String reason, String detail, String path) {
        super(reason, null, false, false);
        this.detail = detail;
        this.path = path;
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

    /** Where the offending value is in the row, such as {@code properties.price}; empty if unknown. */
    public String path() {
        return path;
    }

    /** A copy with the place of the value. */
    public RefusedRow at(String place) {
        return new RefusedRow(reason(), detail, place);
    }

    /** A value for messages: in quotes, and cut if it is long. */
    public static String quote(Object value) {
        String text = value.toString();
        return text.length() <= 60 ? "'" + text + "'" : "'" + text.substring(0, 57) + "...'";
    }
}
