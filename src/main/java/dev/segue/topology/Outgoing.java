// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * An encoded output value and its target partition.
 *
 * <p>Outputs go to the partition that the customer's events came from, not to the one that a hash of the key selects.
 * So outputs are co-partitioned with their inputs whatever partitioner the shop's producers use, and a membership
 * (whose key includes the segment) is in the same partition as its customer.
 */
final class Outgoing {
    /** Lets the sink choose the partition. */
    private static final int ANY = -1;

    private final byte @Nullable [] value;
    private final int partition;

    private Outgoing(byte @Nullable [] value, int partition) {
        this.value = value;
        this.partition = partition;
    }

    /** For one partition; a null value is a tombstone. */
    static Outgoing to(int partition, byte @Nullable [] value) {
        return new Outgoing(value, partition);
    }

    /** For whatever partition the sink chooses. */
    static Outgoing anywhere(byte @Nullable [] value) {
        return new Outgoing(value, ANY);
    }

    static Serializer<Outgoing> serializer() {
        return (topic, outgoing) -> outgoing == null ? null : outgoing.value;
    }

    @SuppressWarnings("removal") // See toEveryPartition().
    static StreamPartitioner<byte[], Outgoing> toItsPartition() {
        return (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition));
    }

    // Until Kafka 5.0, a lambda implements the overload without headers; the one with headers, which Streams calls,
    // calls it.
    @SuppressWarnings("removal")
    static StreamPartitioner<byte[], Outgoing> toEveryPartition() {
        return (topic, key, outgoing, partitions) ->
                Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }
}
