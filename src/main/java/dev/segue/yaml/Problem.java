// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.Arrays;

/**
 * One thing that is wrong with a definition: what, where, and how to mend it.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param message a sentence or two
 * @param sourceLine the line of the file as it stands
 */
public record Problem(String file, int line, int column, String message, String sourceLine) {
    /** How much of a line is shown. */
    private static final int SHOWN = 160;

    /** How much of a long line is shown before the place. */
    private static final int SHOWN_BEFORE = 100;

    /** The longest message; what a definition holds may be quoted in it. */
    private static final int MAX_MESSAGE = 600;

    public Problem {
        message = message.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE / 2)) + "...";
        }
    }

    /** Three lines: place and message, the line or, of a long one, the part around the place, a caret below the place. */
    public String render() {
        int[] characters = sourceLine.codePoints().map(Problem::visible).toArray();
        int from = characters.length > SHOWN ? Math.max(0, column - 1 - SHOWN_BEFORE) : 0;
        int to = Math.min(characters.length, from + SHOWN);
        String before = from > 0 ? "..." : "";
        String after = to < characters.length ? "..." : "";
        String shown = before + new String(characters, from, to - from).stripTrailing() + after;
        int[] shownBefore =
                Arrays.copyOfRange(characters, from, Math.max(from, Math.min(column - 1, characters.length)));
        // A column may be one behind the last character.
        int beyond = Math.max(0, column - 1 - Math.max(from, characters.length));
        String padding = " ".repeat(before.length() + ColumnWidth.of(shownBefore) + beyond);
        return file + ":" + line + ":" + column + ": " + message + "\n  | " + shown + "\n  | " + padding + "^";
    }

    /** A tab or another control character would move the caret away from its place. */
    private static int visible(int character) {
        return Character.isISOControl(character) ? ' ' : character;
    }
}
