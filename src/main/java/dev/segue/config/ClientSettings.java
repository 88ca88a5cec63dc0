// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.Map;

/**
 * How a Kafka client connects to a cluster.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties any property of Kafka's clients, as Kafka spells it; overrides the values that Segue sets
 */
public record ClientSettings(String bootstrapServers, Map<String, String> properties) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public ClientSettings {
        Check.that(!bootstrapServers.isBlank(), "bootstrap servers must name at least one host:port");
        properties = Map.copyOf(properties);
    }

    /** Omits the values, any of which may be a secret. */
    @Override
    public String toString() {
        return "ClientSettings[bootstrapServers=" + bootstrapServers + ", properties=" + new KafkaProperties(properties)
                + "]";
    }
}
