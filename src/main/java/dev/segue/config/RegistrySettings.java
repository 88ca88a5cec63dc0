// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Connection to a schema registry with Confluent's REST API.
 *
 * @param url http or https, with the path prefix that the server needs, such as {@code
 *     http://registry:8080/apis/ccompat/v7}; no user, query or fragment
 * @param credentials for basic authentication; null if the registry needs none
 * @param connectTimeout above 0, at most 5 minutes
 * @param requestTimeout for one attempt, above 0, at most 5 minutes
 * @param attempts the most attempts for one request while the registry does not answer, 1 to 20
 * @param backoff pause before the second attempt, doubled before each further attempt up to ten seconds; 0 to 10
 *     seconds
 * @param forgetUnknownAfter how long an unknown id is not looked up again
 * @param unknownIdsPerSecond the most look-ups of unknown ids per second, 1 to 1000; also the largest burst
 */
public record RegistrySettings(
        URI url,
        @Nullable Credentials credentials,
        Duration connectTimeout,
        Duration requestTimeout,
        int attempts,
        Duration backoff,
        Duration forgetUnknownAfter,
        int unknownIdsPerSecond) {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    public RegistrySettings {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "registry url '" + withoutUser(url) + "' is not an http or https address with a host");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("registry url '" + withoutUser(url)
                    + "' must have no user, query or fragment; give user and password as credentials");
        }
        requireBetween("connect timeout", connectTimeout, Duration.ofMillis(1), LONGEST);
        requireBetween("request timeout", requestTimeout, Duration.ofMillis(1), LONGEST);
        requireBetween("backoff", backoff, Duration.ZERO, LONGEST_BACKOFF);
        requireBetween("time to forget unknown ids", forgetUnknownAfter, Duration.ZERO, LONGEST);
        if (attempts < 1 || attempts > 20) {
            throw new IllegalArgumentException("registry attempts must be 1 to 20, not " + attempts);
        }
        Check.within("registry.unknown_ids_per_second", unknownIdsPerSecond, 1, 1000);
    }

    /**
     * No credentials; 2 s to connect, 5 s per request, 5 attempts from 100 ms; unknown ids expire after 10 s, 20
     * look-ups of unknown ids per second.
     */
    public static RegistrySettings of(URI url) {
        return new RegistrySettings(
                url,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                5,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                20);
    }

    public RegistrySettings withCredentials(String user, String password) {
        return new RegistrySettings(
                url,
                new Credentials(user, password),
                connectTimeout,
                requestTimeout,
                attempts,
                backoff,
                forgetUnknownAfter,
                unknownIdsPerSecond);
    }

    public RegistrySettings withTimeouts(Duration connect, Duration request) {
        return new RegistrySettings(
                url, credentials, connect, request, attempts, backoff, forgetUnknownAfter, unknownIdsPerSecond);
    }

    public RegistrySettings withRetries(int newAttempts, Duration newBackoff) {
        return new RegistrySettings(
                url,
                credentials,
                connectTimeout,
                requestTimeout,
                newAttempts,
                newBackoff,
                forgetUnknownAfter,
                unknownIdsPerSecond);
    }

    private static void requireBetween(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "registry " + what + " must be between " + least + " and " + most + ", not " + value);
        }
    }

    private static String withoutUser(URI url) {
        String user = url.getRawUserInfo();
        return user == null ? url.toString() : url.toString().replace(user + "@", "");
    }

    /**
     * User and password.
     *
     * @param user without a colon, which basic authentication does not allow
     */
    public record Credentials(String user, String password) {
        public Credentials {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the registry's user must not be empty or contain ':'");
            }
        }

        /** Omits the password, so that settings can be printed. */
        @Override
        public String toString() {
            return "Credentials[user=" + user + ", password=***]";
        }
    }
}
