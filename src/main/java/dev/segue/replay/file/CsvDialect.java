package dev.segue.replay.file;

/**
 * How a CSV file is written.
 *
 * @param separator between cells
 * @param quote around cells, doubled inside them; {@link #NONE} where a quotation mark is a character like any other
 * @param escape before a character that stands for itself; {@link #NONE} where there is none
 * @param header whether the first row names the columns
 */
public record CsvDialect(char separator, int quote, int escape, boolean header) {
    public static final int NONE = -1;

    /** The value of a cell that is nothing but {@code \N} where backslash is the escape: how databases write NULL. */
    static final String NULL = "";

    /** Whether a text holds nothing but separators, quotes and characters to be taken as they stand. */
    boolean isPlain(String text) {
        return (quote == NONE || text.indexOf(quote) < 0) && (escape == NONE || text.indexOf(escape) < 0);
    }
}
