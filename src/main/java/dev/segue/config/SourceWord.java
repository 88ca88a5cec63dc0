// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

/**
 * A word from a settings file or option with its place, so that a later error message can show it.
 *
 * @param text the word, with environment variables replaced
 * @param file the source as messages name it, such as {@code segue.yaml} or {@code --set}
 * @param line from 1
 * @param column from 1, in code points
 * @param sourceLine the whole line as written
 */
public record SourceWord(String text, String file, int line, int column, String sourceLine) {

    /** The place as text, such as {@code segue.yaml:12:31}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }
}
