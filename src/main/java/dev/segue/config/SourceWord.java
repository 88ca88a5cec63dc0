package dev.segue.config;

/**
 * A word that somebody wrote, and where, so that whoever finds out later that it is wrong can show it.
 *
 * @param text the word, with environment variables filled in
 * @param file how messages call the place, such as {@code segue.yaml} or {@code --set}
 * @param line from 1
 * @param column from 1, in code points
 * @param sourceLine the whole line as it stands
 */
public record SourceWord(String text, String file, int line, int column, String sourceLine) {

    /** Such as {@code segue.yaml:12:31}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }
}
