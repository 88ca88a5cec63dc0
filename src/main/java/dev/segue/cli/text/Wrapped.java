// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines that fit the screen. */
public final class Wrapped {
    /** The maximum number of columns of an output line. */
    static final int COLUMNS = 100;

    private Wrapped() {}

    /** Breaks at spaces; a word that is longer than a line gets its own line. Returns at least one line. */
    public static List<String> lines(String text, int width) {
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
