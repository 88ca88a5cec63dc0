// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

/**
 * The dialect of a CSV file.
 *
 * @param separator between cells
 * @param quote around cells, doubled inside them; {@link #NONE} if quotation marks have no special meaning
 * @param escape precedes a literal character; {@link #NONE} if there is none
 * @param header true if the first row names the columns
 */
public record CsvDialect(char separator, int quote, int escape, boolean header) {
    public static final int NONE = -1;

    /** The value of a cell that consists of {@code \N}, if backslash is the escape: databases write NULL this way. */
    static final String NULL = "";

    /** Returns true if a text has neither separators, quotes nor escapes. */
    boolean isPlain(String text) {
        return (quote == NONE || text.indexOf(quote) < 0) && (escape == NONE || text.indexOf(escape) < 0);
    }
}
