package dev.segue.definition;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** A file's text, with the way from an offset to a line and a column. */
record FileText(String file, String text) {

    /** A problem at a character offset. */
    Problem problem(int offset, String message) {
        int place = Math.max(0, Math.min(offset, text.length()));
        int lineStart = text.lastIndexOf('\n', place - 1) + 1;
        int lineEnd = text.indexOf('\n', place);
        String line =
                text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd).stripTrailing();
        int number = (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Problem(file, number, text.codePointCount(lineStart, place) + 1, message, line.replace('\t', ' '));
    }

    /** A problem at the start of a YAML node. */
    Problem problem(Node node, String message) {
        return problem(node.getStartMark(), message);
    }

    Problem problem(Mark mark, String message) {
        return problem(text.offsetByCodePoints(0, mark.getIndex()), message);
    }
}
