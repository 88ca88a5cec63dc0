package dev.segue.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in lines that fit the screen. */
final class Wrapped {
    /** How many columns a line of output has at most. */
    static final int COLUMNS = 100;

    private Wrapped() {}

    /** Breaks at spaces; a word that is longer than a line has one of its own. At least one line. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
