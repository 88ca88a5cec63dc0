package dev.segue.replay;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that the user probably meant. */
final class Nearest {
    private Nearest() {}

    /** {@code " Did you mean 'x'?"} with the nearest of the names, or an empty text where none is near. */
    static String hint(String wrong, Collection<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wrong, name) <= Math.max(2, wrong.length() / 2))
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
    }

    /** Levenshtein's distance, on at most the first 64 characters. */
    private static int distance(String left, String right) {
        String a = left.substring(0, Math.min(64, left.length()));
        String b = right.substring(0, Math.min(64, right.length()));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
