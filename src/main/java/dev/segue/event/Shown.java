// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats values and names for messages. */
public final class Shown {
    private static final int LONGEST = 60;
    private static final int MOST_NAMES = 6;

    private Shown() {}

    /** The value shortened for a message; text in quotes. */
    public static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return "a record or map with " + map.size() + " entries";
        }
        if (value instanceof Collection<?> list) {
            return "a list of " + list.size();
        }
        String text = String.valueOf(value);
        return value instanceof CharSequence ? value(text, LONGEST) : shortened(text, LONGEST);
    }

    /** The text in quotes, cut to the given number of characters. */
    public static String value(String text, int longest) {
        return "'" + shortened(text, longest) + "'";
    }

    private static String shortened(String text, int longest) {
        String shown =
                text.length() > longest ? text.substring(0, longest) + "... (" + text.length() + " characters)" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** A sentence that helps with an unknown name, with a leading space. */
    public static String didYouMean(String name, Collection<String> known) {
        String hint = Nearest.hint(name, known);
        if (!hint.isEmpty()) {
            return hint;
        }
        String some = known.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return " Known names: " + some
                + (known.size() > MOST_NAMES ? " and " + (known.size() - MOST_NAMES) + " more." : ".");
    }
}
