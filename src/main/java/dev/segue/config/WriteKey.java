// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key with which a website, an app or a server sends messages to the collector.
 *
 * @param name of the sender, in metrics and dead letters: 1 to 64 letters, digits, dots, dashes or underscores
 * @param key the key itself, 8 to 200 letters, digits, dots, dashes or underscores; not a secret where a web page sends
 *     it
 * @param origin of the profile data that it sends: {@code stated} by the customer, {@code observed} by the shop, from a
 *     {@code partner}, or {@code bought}; null if the messages do not say
 * @param webOrigins the origins of the pages that may use the key, such as {@code https://shop.example}; empty for all
 * @param eventsPerSecond the most events per second, 1 to 1 000 000; bursts may be ten times as large
 * @param mayMerge true if an {@code alias} merges two customers for good; not for keys that visitors can read
 */
public record WriteKey(
        String name,
        String key,
        @Nullable String origin,
        Set<String> webOrigins,
        int eventsPerSecond,
        boolean mayMerge) {
    /** Usual for a key without a limit of its own. */
    public static final int USUAL_RATE = 5_000;

    private static final List<String> ORIGINS = List.of("stated", "observed", "partner", "bought");

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public WriteKey {
        String path = "collector.keys." + name;
        Checks checks = new Checks();
        checks.that(
                name.matches("[A-Za-z0-9._-]{1,64}"),
                "a sender's name must have 1 to 64 letters, digits, dots, dashes or underscores, unlike '%s'",
                name);
        checks.that(
                key.matches("[A-Za-z0-9._-]{8,200}"),
                "%s.key must be 8 to 200 letters, digits, dots, dashes or underscores",
                path);
        checks.that(
                origin == null || ORIGINS.contains(origin),
                "%s.origin must be one of stated, observed, partner and bought, not '%s'",
                path,
                origin);
        webOrigins.forEach(web -> checks.that(
                isWebOrigin(web),
                "%s.web_origins must hold origins such as https://shop.example, without a path, not '%s'",
                path,
                web));
        checks.within(path + ".events_per_second", eventsPerSecond, 1, 1_000_000);
        checks.end();
        webOrigins = Set.copyOf(webOrigins);
    }

    /** A key that cannot merge customers. */
    public WriteKey(String name, String key, @Nullable String origin, Set<String> webOrigins, int eventsPerSecond) {
        this(name, key, origin, webOrigins, eventsPerSecond, false);
    }

    private static boolean isWebOrigin(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return "WriteKey[" + name + "]";
    }
}
