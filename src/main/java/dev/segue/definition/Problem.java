package dev.segue.definition;

/**
 * One thing that is wrong with a definition: what, where, and how to mend it.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param message a sentence or two
 * @param sourceLine the line of the file as it stands
 */
public record Problem(String file, int line, int column, String message, String sourceLine) {

    /** Three lines: place and message, the line, a caret below the place. */
    public String render() {
        String padding = " ".repeat(Math.max(0, column - 1));
        return file + ":" + line + ":" + column + ": " + message + "\n  | " + sourceLine + "\n  | " + padding + "^";
    }
}
