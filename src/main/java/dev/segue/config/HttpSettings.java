// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;

/**
 * The port on which an instance serves health and metrics, and the delays after which it reports itself not ready.
 *
 * @param enabled false: the port is not opened
 * @param host the address to listen on; there is no authentication, so everyone who can reach the port can read
 * @param port 0 to 65535; 0 picks a free port
 * @param clockBehind how far the newest tick may be behind the clock before the instance is not ready, 1 s to 1 d
 * @param drainBehind how far a due deadline may be behind the newest tick before the instance is not ready, 1 s to 1 d
 */
public record HttpSettings(boolean enabled, String host, int port, Duration clockBehind, Duration drainBehind) {
    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public HttpSettings {
        Checks checks = new Checks();
        checks.that(
                host.matches("[A-Za-z0-9.:_-]{1,255}"),
                "http.host must be an address or a host's name, not '%s'",
                host);
        checks.within("http.port", port, 0, 65_535);
        checks.within("http.clock_behind", clockBehind, Duration.ofSeconds(1), Duration.ofDays(1));
        checks.within("http.drain_behind", drainBehind, Duration.ofSeconds(1), Duration.ofDays(1));
        checks.end();
    }

    /** Port 8080 of this machine only; not ready after a delay of 30 s. */
    public static HttpSettings defaults() {
        return new HttpSettings(true, "127.0.0.1", 8080, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    public HttpSettings withPort(int value) {
        return new HttpSettings(enabled, host, value, clockBehind, drainBehind);
    }

    public HttpSettings withBounds(Duration clock, Duration drain) {
        return new HttpSettings(enabled, host, port, clock, drain);
    }
}
