// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The value of a YAML scalar with the place of each of its characters in the file. An error at the tenth character of
 * an expression is shown at that character in the file, despite quotes, folding and indentation.
 */
public final class ScalarText {
    private final FileText file;
    private final String value;
    private final int[] offsets;
    private final boolean beforeComment;

    public ScalarText(FileText file, ScalarNode node) {
        this.file = file;
        this.value = node.getValue();
        this.offsets = new Alignment(file, node).offsets();
        int end = file.codePoints(node.getEndMark().getIndex());
        this.beforeComment = node.getScalarStyle() == ScalarStyle.PLAIN
                && file.text().substring(end).stripLeading().startsWith("#")
                && file.text().substring(end).lines().findFirst().orElse("").contains("#");
    }

    /** Returns whether a comment follows on the same line. The author may have meant it as part of the text. */
    public boolean beforeComment() {
        return beforeComment;
    }

    public String value() {
        return value;
    }

    /**
     * Returns a problem at a character of the value. A place past the last visible character becomes the place right
     * after it.
     */
    public Problem problem(int index, String message) {
        int visible = value.stripTrailing().length();
        if (index < visible || visible == 0) {
            return file.problem(offsets[Math.max(0, Math.min(index, offsets.length - 1))], message);
        }
        return file.problem(offsets[visible - 1] + 1, message);
    }

    /** Returns the index in the value of a line (from 1) and column (from 0, in code points), as CEL counts them. */
    public int index(int line, int column) {
        int start = 0;
        for (int skipped = 1; skipped < line && value.indexOf('\n', start) >= 0; skipped++) {
            start = value.indexOf('\n', start) + 1;
        }
        int codePoints = value.codePointCount(start, value.length());
        return value.offsetByCodePoints(start, Math.max(0, Math.min(column, codePoints)));
    }

    /**
     * Walks value and raw text side by side: equal characters match, white space in the value matches any run of white
     * space in the file, and an escape is one character. After a mismatch, the remaining characters point at the last
     * match.
     */
    private static final class Alignment {
        private final String text;
        private final String value;
        private final ScalarStyle style;
        private final int end;
        private int raw;

        Alignment(FileText file, ScalarNode node) {
            this.text = file.text();
            this.value = node.getValue();
            this.style = node.getScalarStyle();
            this.raw = file.codePoints(node.getStartMark().getIndex());
            this.end = file.codePoints(node.getEndMark().getIndex());
        }

        int[] offsets() {
            int[] offsets = new int[value.length() + 1];
            switch (style) {
                case LITERAL, FOLDED -> skipHeader();
                case SINGLE_QUOTED, DOUBLE_QUOTED -> raw++;
                default -> {}
            }
            for (int index = 0; index < value.length(); index++) {
                char wanted = value.charAt(index);
                skipFolds(wanted);
                offsets[index] = Math.min(raw, Math.max(0, text.length() - 1));
                boolean pairGoesOn = Character.isHighSurrogate(wanted) && raw < end && text.charAt(raw) == '\\';
                if (raw < end && !pairGoesOn) {
                    raw += length();
                }
            }
            offsets[value.length()] = Math.min(raw, text.length());
            return offsets;
        }

        /** Skips the line of a block scalar's indicator, with its comment. */
        private void skipHeader() {
            while (raw < end && text.charAt(raw) != '\n' && text.charAt(raw) != '\r') {
                raw++;
            }
        }

        private void skipFolds(char wanted) {
            while (raw < end && (continuation() || foldedAway(wanted))) {
                raw++;
            }
        }

        /** Returns whether a backslash at the end of a line in double quotes joins the two lines. */
        private boolean continuation() {
            return style == ScalarStyle.DOUBLE_QUOTED
                    && text.charAt(raw) == '\\'
                    && raw + 1 < end
                    && (text.charAt(raw + 1) == '\n' || text.charAt(raw + 1) == '\r');
        }

        private boolean foldedAway(char wanted) {
            return Character.isWhitespace(text.charAt(raw)) && !Character.isWhitespace(wanted) && !escaped();
        }

        private boolean escaped() {
            return style == ScalarStyle.DOUBLE_QUOTED && text.charAt(raw) == '\\';
        }

        /** Returns how many characters of the file encode the next character of the value. */
        private int length() {
            if (style == ScalarStyle.SINGLE_QUOTED && text.startsWith("''", raw)) {
                return 2;
            }
            if (!escaped() || raw + 1 >= end) {
                return 1;
            }
            return switch (text.charAt(raw + 1)) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
            };
        }
    }
}
