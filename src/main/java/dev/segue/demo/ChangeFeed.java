package dev.segue.demo;

import dev.segue.event.Change;
import dev.segue.serde.BadRecord;
import dev.segue.serde.ChangeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of changes from its beginning, as any consumer would: committed records only. For one thread. */
final class ChangeFeed implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChangeCodec codec;
    private final Map<TopicPartition, Long> endOfEarlierRuns;

    /** @param topic exists already */
    ChangeFeed(String bootstrapServers, String topic, ChangeCodec codec) {
        this.codec = codec;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG, "live-view",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.endOfEarlierRuns = consumer.endOffsets(partitions);
    }

    /** The changes that came meanwhile; empty when none came within {@code patience}. */
    List<Seen> poll(Duration patience) {
        List<Seen> seen = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(patience)) {
            TopicPartition partition = new TopicPartition(polled.topic(), polled.partition());
            boolean earlier = polled.offset() < endOfEarlierRuns.getOrDefault(partition, 0L);
            seen.add(new Seen(decode(polled), earlier));
        }
        return seen;
    }

    private Change decode(ConsumerRecord<byte[], byte[]> polled) {
        try {
            return codec.decode(polled.value());
        } catch (BadRecord failure) {
            // Only the processor writes this topic: anything else is a fault of ours and must not pass unseen.
            throw new IllegalStateException(
                    "a record of " + polled.topic() + " is not a change: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** @param earlier whether an earlier run on the same data directory made it */
    record Seen(Change change, boolean earlier) {}
}
