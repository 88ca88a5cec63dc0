package dev.segue.definition;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The value of a YAML scalar together with where each of its characters stands in the file: an error at the tenth
 * character of an expression is shown in the file, whatever quotes, folding or indentation lie between.
 */
final class ScalarText {
    private final FileText file;
    private final String value;
    private final int[] offsets;

    ScalarText(FileText file, ScalarNode node) {
        this.file = file;
        this.value = node.getValue();
        this.offsets = align(file.text(), node);
    }

    String value() {
        return value;
    }

    /** A problem at a character of the value; a place past the end is the last character. */
    Problem problem(int index, String message) {
        int last = offsets.length - 1;
        return file.problem(offsets[Math.max(0, Math.min(index, last))], message);
    }

    /** A problem at a line (from 1) and column (from 0, in code points) of the value, as CEL counts. */
    Problem problem(int line, int column, String message) {
        int start = 0;
        for (int skipped = 1; skipped < line && value.indexOf('\n', start) >= 0; skipped++) {
            start = value.indexOf('\n', start) + 1;
        }
        int codePoints = value.codePointCount(start, value.length());
        return problem(value.offsetByCodePoints(start, Math.max(0, Math.min(column, codePoints))), message);
    }

    /**
     * Walks value and raw text side by side: equal characters match, white space of the value stands for any run of
     * white space in the file, and an escape is one character. Where they fall apart the rest points at the last match.
     */
    private static int[] align(String text, ScalarNode node) {
        int raw = text.offsetByCodePoints(0, node.getStartMark().getIndex());
        int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
        String value = node.getValue();
        int[] offsets = new int[value.length() + 1];
        switch (node.getScalarStyle()) {
            case LITERAL, FOLDED -> raw = text.indexOf('\n', raw) + 1;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> raw++;
            default -> {}
        }
        boolean escapes = node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        boolean quotes = node.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        for (int index = 0; index < value.length(); index++) {
            char wanted = value.charAt(index);
            while (raw < end && Character.isWhitespace(text.charAt(raw)) && !Character.isWhitespace(wanted)) {
                raw++;
            }
            offsets[index] = Math.min(raw, Math.max(0, text.length() - 1));
            if (raw >= end) {
                continue;
            }
            if ((escapes && text.charAt(raw) == '\\') || (quotes && text.startsWith("''", raw))) {
                raw += 2;
            } else {
                raw++;
            }
        }
        offsets[value.length()] = value.isEmpty() ? Math.min(raw, text.length()) : offsets[value.length() - 1] + 1;
        return offsets;
    }
}
