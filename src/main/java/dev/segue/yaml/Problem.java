// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One mistake in a YAML file: what is wrong, where it is, and how to mend it.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param message a sentence or two
 * @param sourceLine the line of the file, unchanged; empty if it must not be shown
 */
public record Problem(String file, int line, int column, String message, String sourceLine) {
    /** At most this many problems are reported at once. */
    public static final int MOST = 100;

    /** The longest part of a line that is shown, in characters. */
    private static final int SHOWN = 160;

    /** Characters of a long line that are shown before the place. */
    private static final int SHOWN_BEFORE = 100;

    /** The longest message, in characters: a message may quote parts of the file. */
    private static final int MAX_MESSAGE = 600;

    public Problem {
        message = message.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE / 2)) + "...";
        }
    }

    /** Returns the first problems in order of place, at most {@link #MOST}, each once. */
    public static List<Problem> inOrder(Collection<Problem> problems) {
        List<Problem> ordered = new ArrayList<>(problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList());
        if (ordered.size() <= MOST) {
            return ordered;
        }
        Problem next = ordered.get(MOST);
        List<Problem> first = new ArrayList<>(ordered.subList(0, MOST));
        first.add(new Problem(
                next.file(),
                next.line(),
                next.column(),
                "there are more problems from here on. Fix these " + MOST + " first.",
                next.sourceLine()));
        return first;
    }

    /**
     * Returns three lines: place and message; the line, or the part of a long line around the place; a caret below the
     * place. Returns only the first of them if the line is empty.
     */
    public String render() {
        String head = file + ":" + line + ":" + column + ": " + message;
        if (sourceLine.isEmpty()) {
            return head;
        }
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
        return head + "\n  | " + shown + "\n  | " + padding + "^";
    }

    /** A tab or another control character would move the caret away from its place. */
    private static int visible(int character) {
        return Character.isISOControl(character) ? ' ' : character;
    }
}
