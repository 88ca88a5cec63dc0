package dev.segue.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Customer ids that are no ids: what trackers send for everybody of whom they know nothing. As one customer they would be
 * in every segment.
 *
 * @param texts whole ids, without space around them and in small letters, which is how an id is compared with them;
 *     {@code 0} stands for every id of nothing but zeros and dashes, such as the nil UUID
 */
public record RefusedIds(Set<String> texts) {
    private static final String ZEROS = "0";
    private static final int MOST = 1000;

    /** Longer texts are no placeholders. */
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

    /** @throws IllegalArgumentException where a text is blank or too long, or there are too many */
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

    /** Those that are known from trackers, languages and data bases. */
    public static RefusedIds usual() {
        return of(USUAL);
    }

    /** Why this cannot be a customer's id, in one sentence; null where it can. */
    public @Nullable String complaint(String id) {
        if (id.length() > LONGEST) {
            return null;
        }
        String normal = normal(id);
        return texts.contains(normal)
                ? "the customer's id is '" + id + "', which stands for nobody; where it is somebody's id, take '"
                        + normal + "' off limits.refused_ids"
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
