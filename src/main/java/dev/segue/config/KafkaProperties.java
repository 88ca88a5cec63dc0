package dev.segue.config;

import java.util.Map;
import java.util.TreeSet;

/**
 * Properties of Kafka's clients or of Kafka Streams, as Kafka spells them. Any of them may hold a secret, so only their
 * names are ever printed.
 */
public record KafkaProperties(Map<String, String> values) {
    public KafkaProperties {
        values = Map.copyOf(values);
    }

    /** The names alone. */
    @Override
    public String toString() {
        return new TreeSet<>(values.keySet()).toString();
    }
}
