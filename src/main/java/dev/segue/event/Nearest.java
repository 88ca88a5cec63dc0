// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name closest to a misspelt one. */
public final class Nearest {
    /**
     * The comparison takes time proportional to the product of both lengths, and a wrong name in foreign data may be as
     * long as its record.
     */
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The known name with the fewest typing mistakes, at most a third of the word's length (one for short words). For a
     * word of more than 64 characters the result is empty.
     */
    public static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - word.length()) <= limit)
                .filter(name -> distance(word, name) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(name -> name));
    }

    /** A sentence to append to a message, with a leading space; empty if no known name is near. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /** Returns whether two names differ by one or two typing mistakes. */
    public static boolean isTypo(String word, String known) {
        return word.length() <= LONGEST && distance(word, known) <= 2;
    }

    /** Restricted Damerau-Levenshtein distance: counts insertions, deletions, substitutions and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int substitution = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(substitution, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
