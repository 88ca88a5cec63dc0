// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.Arrays;

/**
 * One mistake in a definition: what is wrong, where it is, and how to mend it.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param message a sentence or two
 * @param sourceLine the line of the file, unchanged
 */
public record Problem(String file, int line, int column, String message, String sourceLine) {
    /** The longest part of a line that is shown, in characters. */
    private static final int SHOWN = 160;

    /** Characters of a long line that are shown before the place. */
    private static final int SHOWN_BEFORE = 100;

    /** The longest message, in characters: a message may quote parts of a definition. */
    private static final int MAX_MESSAGE = 600;

    public Problem {
        message = message.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE / 2)) + "...";
        }
    }

    /**
     * Returns three lines: place and message; the line, or the part of a long line around the place; a caret below the
     * place.
     */
    public String render() {
        int[] characters = sourceLine.codePoints().map(Problem::visible).toArray();
        int from = characters.length > SHOWN ? Math.max(0, column - 1 - SHOWN_BEFORE) : 0;
        int to = Math.min(characters.length, from + SHOWN);
        String before = from > 0 ? "..." : "";
        String after = to < characters.length ? "..." : "";
        String shown = before + new String(characters, from, to - from).stripTrailing() + after;
        int[] shownBefore =
                Arrays.copyOfRange(characters, from, Math.max(from, Math.min(column - 1, characters.length)));
        // A column may be one past the last character.
        int beyond = Math.max(0, column - 1 - Math.max(from, characters.length));
        String padding = " ".repeat(before.length() + ColumnWidth.of(shownBefore) + beyond);
        return file + ":" + line + ":" + column + ": " + message + "\n  | " + shown + "\n  | " + padding + "^";
    }

    /** A tab or another control character would move the caret away from its place. */
    private static int visible(int character) {
        return Character.isISOControl(character) ? ' ' : character;
    }
}
