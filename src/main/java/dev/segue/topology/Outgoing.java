package dev.segue.topology;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way out, encoded, and the partition it goes to.
 *
 * <p>What is said of a customer goes to the partition that the customer's events came from, and not where a hash of the
 * key says: so outputs lie beside their inputs whatever partitioner the shop's own producers use, and a membership (whose
 * key holds the segment too) lies beside its customer.
 */
final class Outgoing {
    /** Where the partition does not matter. */
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

    byte @Nullable [] value() {
        return value;
    }

    int partition() {
        return partition;
    }

    static Serializer<Outgoing> serializer() {
        return (topic, outgoing) -> outgoing == null ? null : outgoing.value;
    }

    static StreamPartitioner<byte[], Outgoing> toItsPartition() {
        return (topic, key, outgoing, partitions) -> Optional.of(Set.of(outgoing.partition));
    }

    static StreamPartitioner<byte[], Outgoing> toEveryPartition() {
        return (topic, key, outgoing, partitions) ->
                Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }
}
