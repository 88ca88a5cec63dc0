// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;

/** Creates the processor of Kafka Streams. */
public final class ProcessorStreams {
    private ProcessorStreams() {}

    /**
     * Returns the processor, not yet started.
     *
     * @throws CannotStart if Kafka Streams rejects the settings, or cannot use the directory for its state
     */
    public static KafkaStreams create(Topology topology, Settings settings, RocksMemory shared) {
        try {
            return new KafkaStreams(topology, StreamsProperties.of(settings, shared));
        } catch (ConfigException refusal) {
            throw new CannotStart("Kafka Streams rejects the settings: " + refusal.getMessage(), refusal);
        } catch (StreamsException refusal) {
            throw new CannotStart(
                    "Kafka Streams cannot use processing.state_directory '"
                            + settings.processing().stateDirectory() + "': " + Failures.sentence(refusal),
                    refusal);
        }
    }
}
