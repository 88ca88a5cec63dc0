// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.function.IntPredicate;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** A file's text, which maps an offset to a line and a column. */
public final class FileText {
    private final String file;
    private final String text;
    private final IntPredicate shown;
    private int shownStart = -1;
    private String shownLine = "";

    public FileText(String file, String text) {
        this(file, text, line -> true);
    }

    /** @param shown whether problems may show a line, by its number from 1 */
    public FileText(String file, String text, IntPredicate shown) {
        this.file = file;
        this.shown = shown;
        // Some editors begin a file with a byte order mark.
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    /** Returns a problem at a character offset. */
    public Problem problem(int offset, String message) {
        int place = Math.max(0, Math.min(offset, text.length()));
        int lineStart = 0;
        int number = 1;
        for (int index = 0; index < place; index++) {
            if (endsLine(index)) {
                lineStart = index + 1;
                number++;
            }
        }
        int lineEnd = lineStart;
        while (lineEnd < text.length() && text.charAt(lineEnd) != '\n' && text.charAt(lineEnd) != '\r') {
            lineEnd++;
        }
        int column = text.codePointCount(lineStart, Math.min(place, lineEnd)) + 1;
        return new Problem(file, number, column, message, shown.test(number) ? line(lineStart, lineEnd) : "");
    }

    /** Problems of one line share its text, because a long line may have many problems. */
    private String line(int start, int end) {
        if (start != shownStart) {
            shownStart = start;
            shownLine = text.substring(start, end);
        }
        return shownLine;
    }

    /** Lines end with a line feed, a carriage return, or both, as in YAML. */
    private boolean endsLine(int index) {
        char character = text.charAt(index);
        return character == '\n'
                || (character == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n'));
    }

    /** Returns a problem at the start of a YAML node. */
    public Problem problem(Node node, String message) {
        return problem(node.getStartMark(), message);
    }

    public Problem problem(Mark mark, String message) {
        return problem(codePoints(mark.getIndex()), message);
    }

    /** Converts an offset in code points to one in characters. */
    int codePoints(int offset) {
        return text.offsetByCodePoints(0, Math.max(0, Math.min(offset, text.codePointCount(0, text.length()))));
    }
}
