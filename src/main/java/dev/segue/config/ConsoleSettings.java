// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The web console's port.
 *
 * @param enabled true: {@code segue run} opens the console, too; {@code segue console} always does
 * @param host the address to listen on
 * @param port 0 to 65535; 0 picks a free port
 * @param publicUrl the address that browsers open, if a proxy stands before the console; null if there is none
 * @param tokensFile lines of {@code role:token} for the login; null for no login, which only a loopback host may have
 * @param connections the most connections at a time, 16 to 100 000
 */
public record ConsoleSettings(
        boolean enabled,
        String host,
        int port,
        @Nullable URI publicUrl,
        @Nullable Path tokensFile,
        int connections) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public ConsoleSettings {
        Checks checks = new Checks();
        boolean isHost = host.matches("[A-Za-z0-9.:_-]{1,255}");
        checks.that(isHost, "console.host must be an address or a host's name, not '%s'", host);
        checks.within("console.port", port, 0, 65_535);
        checks.that(
                !isHost || tokensFile != null || Loopback.is(host),
                "console.host '%s' can be reached from other machines, and the console shows customers: name a file with"
                        + " roles and tokens in console.tokens_file, so that it has a login",
                host);
        checks.that(
                publicUrl == null
                        || (publicUrl.getHost() != null
                                && String.valueOf(publicUrl.getScheme()).startsWith("http")),
                "console.public_url must be an address such as https://segue.shop.example, not '%s'",
                publicUrl);
        checks.within("console.connections", connections, 16, 100_000);
        checks.end();
    }

    /** Not opened by {@code segue run}; port 7070 of this machine only, without a login. */
    public static ConsoleSettings defaults() {
        return new ConsoleSettings(false, "127.0.0.1", 7070, null, null, 256);
    }

    public ConsoleSettings withPort(int value) {
        return new ConsoleSettings(enabled, host, value, publicUrl, tokensFile, connections);
    }

    public ConsoleSettings withTokensFile(@Nullable Path value) {
        return new ConsoleSettings(enabled, host, port, publicUrl, value, connections);
    }
}
