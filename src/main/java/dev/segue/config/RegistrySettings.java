package dev.segue.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where schemas have their ids. With a URL it is a server with Confluent's REST API; without, a directory of files, which
 * suits one machine only.
 *
 * @param url such as {@code http://localhost:8081}; null for the directory
 * @param username for basic authentication; null for none
 * @param password null exactly where {@code username} is
 * @param directory used where {@code url} is null; created at need
 * @param timeout how long one request may take, 100 ms to 1 min
 */
public record RegistrySettings(
        @Nullable URI url,
        @Nullable String username,
        @Nullable String password,
        Path directory,
        Duration timeout) {

    /** @throws IllegalArgumentException naming the value that is wrong */
    public RegistrySettings {
        Check.that(
                url == null
                        || (url.getHost() != null
                                && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))),
                "registry.url must be like http://host:port, not '%s'",
                url);
        Check.that(
                (username == null) == (password == null),
                "registry.username and registry.password are set together or not at all");
        Check.within("registry.timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    public static RegistrySettings defaults() {
        return new RegistrySettings(null, null, null, Path.of("data", "registry"), Duration.ofSeconds(5));
    }

    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return url == null ? directory.toString() : url.toString();
    }
}
