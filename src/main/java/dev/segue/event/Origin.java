// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The party that profile data comes from, in the default order of precedence: zero- to third-party data. */
public enum Origin {
    /** The customer stated it, such as in a form. */
    STATED,
    /** The shop observed or derived it. */
    OBSERVED,
    /** A partner shared it. */
    PARTNER,
    /** It was bought. */
    BOUGHT;

    /** The field of {@code profile_updated} and {@code customer_erased} that names the origin. */
    public static final String FIELD = "origin";

    /** The words for all origins, in the default order of precedence. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(Origin::word).toList();

    /** The word in events, settings and commands, such as {@code bought}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The origin with that word, or empty. */
    public static Optional<Origin> of(String word) {
        return Arrays.stream(values())
                .filter(origin -> origin.word().equals(word))
                .findFirst();
    }

    /**
     * The origin that an event states; null if it states none.
     *
     * @throws IllegalArgumentException if the text is not an origin; reading an event has excluded that
     */
    public static @Nullable Origin statedBy(Event event) {
        return event.fields().get(FIELD) instanceof String word
                ? of(word).orElseThrow(() -> new IllegalArgumentException("unknown origin '" + word + "'"))
                : null;
    }
}
