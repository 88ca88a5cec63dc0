// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders that trackers send instead of an id. Treated as one customer, they would be in every segment; as an order
 * id, they merge all orders of a customer.
 *
 * @param texts whole ids, trimmed and in lower case; an id is trimmed and lower-cased before the comparison; {@code 0}
 *     matches every id of only zeros and dashes, such as the nil UUID
 */
public record RefusedIds(Set<String> texts) {
    private static final String ZEROS = "0";
    private static final int MOST = 1000;

    /** Longer texts are not placeholders. */
    private static final int LONGEST = 100;

    private static final List<String> USUAL = List.of(
            "undefined",
            "null",
            "(null)",
            "\\N",
            "nil",
            "none",
            "nan",
            "n/a",
            "(not set)",
            "[object Object]",
            "unknown",
            "anonymous",
            "guest",
            "true",
            "false",
            "-1",
            ZEROS);

    /** @throws IllegalArgumentException if a text is blank or too long, or there are too many texts */
    public RefusedIds {
        Check.that(texts.size() <= MOST, "limits.refused_ids may have at most %d texts, not %d", MOST, texts.size());
        for (String text : texts) {
            Check.that(
                    !text.isBlank() && text.length() <= LONGEST,
                    "limits.refused_ids must hold texts of 1 to %d characters, not '%s'",
                    LONGEST,
                    text);
        }
        texts = texts.stream().map(RefusedIds::normal).collect(Collectors.toUnmodifiableSet());
    }

    public static RefusedIds of(Collection<String> texts) {
        return new RefusedIds(Set.copyOf(texts));
    }

    /** Common placeholders of trackers, programming languages and databases. */
    public static RefusedIds usual() {
        return of(USUAL);
    }

    /** Returns whether an id of any kind is a placeholder. */
    public boolean refuses(String id) {
        return id.length() <= LONGEST && texts.contains(normal(id));
    }

    /** The reason why this cannot be a customer id, in one sentence; null if it can. */
    public @Nullable String complaint(String id) {
        return refuses(id)
                ? "the customer's id is '" + id + "', which is a placeholder; if it is the id of a real"
                        + " customer, remove '"
                        + normal(id) + "' from limits.refused_ids"
                : null;
    }

    private static String normal(String id) {
        String text = id.strip();
        return isZeros(text) ? ZEROS : text.toLowerCase(Locale.ROOT);
    }

    private static boolean isZeros(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) != '0' && text.charAt(index) != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
