// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.Map;
import java.util.TreeSet;

/**
 * Properties of Kafka's clients or of Kafka Streams, as Kafka spells them. Any value may be a secret, so only the names
 * are printed.
 */
public record KafkaProperties(Map<String, String> values) {
    public KafkaProperties {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return new TreeSet<>(values.keySet()).toString();
    }
}
