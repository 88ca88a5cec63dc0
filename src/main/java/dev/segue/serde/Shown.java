package dev.segue.serde;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values and names as messages show them. */
final class Shown {
    private static final int LONGEST = 60;
    private static final int MOST_NAMES = 6;

    private Shown() {}

    /** Short enough for a message; text in quotes. */
    static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return "a record or map with " + map.size() + " entries";
        }
        if (value instanceof Collection<?> list) {
            return "a list of " + list.size();
        }
        String text = String.valueOf(value);
        return value instanceof CharSequence ? value(text, LONGEST) : shortened(text, LONGEST);
    }

    /** In quotes, and at most so many characters long. */
    static String value(String text, int longest) {
        return "'" + shortened(text, longest) + "'";
    }

    private static String shortened(String text, int longest) {
        String shown =
                text.length() > longest ? text.substring(0, longest) + "... (" + text.length() + " characters)" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** A sentence that helps with a name that is not known. */
    static String didYouMean(String name, Collection<String> known) {
        String nearest = null;
        int least = Math.max(1, Math.min(3, name.length() / 3)) + 1;
        for (String candidate : known) {
            int distance = Math.abs(candidate.length() - name.length()) < least ? distance(name, candidate) : least;
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        if (nearest != null) {
            return " Did you mean '" + nearest + "'?";
        }
        String some = known.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return " Known are " + some
                + (known.size() > MOST_NAMES ? " and " + (known.size() - MOST_NAMES) + " more." : ".");
    }

    /** How many letters must be put in, taken out, exchanged or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int exchange = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(exchange, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
