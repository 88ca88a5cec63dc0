package dev.segue.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a schema registry with Confluent's REST API.
 *
 * @param url http or https, with the path prefix that the server wants, such as
 *     {@code http://registry:8080/apis/ccompat/v7}; no user, query or fragment
 * @param credentials for basic authentication; null where the registry asks for none
 * @param connectTimeout above 0, at most 5 minutes
 * @param requestTimeout for one attempt, above 0, at most 5 minutes
 * @param attempts how often a request is tried in all, 1 to 20, while the registry does not answer
 * @param backoff pause before the second attempt, doubled before each further one up to ten seconds; 0 to 10 seconds
 * @param forgetUnknownAfter how long an id that the registry does not know is not asked for again
 * @param unknownIdsPerSecond how many ids are looked up that the registry turns out not to know, 1 to 1000 a second; so
 *     many may come at once
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
     * Without credentials: 2 s to connect, 5 s a request, 5 attempts from 100 ms, unknown ids forgotten after 10 s, 20 of
     * them looked up a second.
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
     * @param user without a colon, which basic authentication cannot carry
     */
    public record Credentials(String user, String password) {
        public Credentials {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the registry's user must not be empty or contain ':'");
            }
        }

        /** Without the password, so that settings can be printed. */
        @Override
        public String toString() {
            return "Credentials[user=" + user + ", password=***]";
        }
    }
}
