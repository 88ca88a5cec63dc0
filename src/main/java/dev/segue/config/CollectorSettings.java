// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port on which Segue takes messages of Segment's and RudderStack's SDKs.
 *
 * @param enabled true: {@code segue run} opens the port, too; {@code segue collect} always does
 * @param host the address to listen on
 * @param port 0 to 65535; 0 picks a free port
 * @param openToNetwork must be true for a host that other machines can reach, because the port speaks plain HTTP
 * @param publicUrl the address that SDKs are given in their settings; null for the one that they asked at
 * @param mapping the file that maps their messages to events
 * @param connections the most connections at a time, 1 to 100 000
 * @param bufferMebibytes the most memory for messages that Kafka has not acknowledged yet, 1 to 4096
 * @param patience how long a request waits for Kafka's acknowledgement, 1 s to 2 min
 * @param keys the senders
 */
public record CollectorSettings(
        boolean enabled,
        String host,
        int port,
        boolean openToNetwork,
        @Nullable URI publicUrl,
        Path mapping,
        int connections,
        int bufferMebibytes,
        Duration patience,
        List<WriteKey> keys) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public CollectorSettings {
        Checks checks = new Checks();
        boolean isHost = host.matches("[A-Za-z0-9.:_-]{1,255}");
        checks.that(isHost, "collector.host must be an address or a host's name, not '%s'", host);
        checks.within("collector.port", port, 0, 65_535);
        checks.that(
                !isHost || openToNetwork || Loopback.is(host),
                "collector.host '%s' can be reached from other machines, and the port speaks plain HTTP: put a proxy with"
                        + " TLS in front of it, and confirm with collector.open_to_network: true",
                host);
        checks.that(
                publicUrl == null
                        || (publicUrl.getHost() != null
                                && String.valueOf(publicUrl.getScheme()).startsWith("http")),
                "collector.public_url must be an address such as https://events.shop.example, not '%s'",
                publicUrl);
        checks.within("collector.connections", connections, 1, 100_000);
        checks.within("collector.buffer_mib", bufferMebibytes, 1, 4096);
        checks.within("collector.patience", patience, Duration.ofSeconds(1), Duration.ofMinutes(2));
        checks.that(
                !enabled || !keys.isEmpty(), "collector.keys must have at least one key if the collector is enabled");
        Set<String> distinct = new HashSet<>();
        keys.forEach(key -> checks.that(
                distinct.add(key.key()), "collector.keys.%s.key is also the key of another sender", key.name()));
        checks.end();
        keys = List.copyOf(keys);
    }

    /** Not opened by {@code segue run}; port 8090 of this machine only, without keys. */
    public static CollectorSettings defaults() {
        return new CollectorSettings(
                false,
                "127.0.0.1",
                8090,
                false,
                null,
                Path.of("mappings", "segment.yaml"),
                1000,
                64,
                Duration.ofSeconds(10),
                List.of());
    }

    public CollectorSettings withPort(int value) {
        return new CollectorSettings(
                enabled, host, value, openToNetwork, publicUrl, mapping, connections, bufferMebibytes, patience, keys);
    }

    public CollectorSettings withKeys(List<WriteKey> value) {
        return new CollectorSettings(
                enabled, host, port, openToNetwork, publicUrl, mapping, connections, bufferMebibytes, patience, value);
    }

    public CollectorSettings withMapping(Path value) {
        return new CollectorSettings(
                enabled, host, port, openToNetwork, publicUrl, value, connections, bufferMebibytes, patience, keys);
    }
}
