// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.topology.SegueTopology;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The states of Segue's customers at the end of a run, as the changelog has them. It is read from its end in pieces, until
 * every customer was found: the whole of it would be gigabytes, because each event adds a state.
 */
final class StoredStates {
    private static final long PIECE = 5_000;
    private static final Duration POLL = Duration.ofMillis(100);

    /** Keys that begin with this byte or the next are not those of customers. */
    private static final int NO_CUSTOMER = 0xfe;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<ByteBuffer, Integer> sizes = new HashMap<>();

    private StoredStates(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** @param customers how many there are; if fewer are found, the whole changelog is read */
    static @Nullable StateSizes read(Stage stage, String applicationId, int customers) {
        try (KafkaConsumer<byte[], byte[]> consumer = stage.consumer()) {
            StoredStates states = new StoredStates(consumer);
            states.readBackwards(Stage.partitions(consumer, SegueTopology.changelog(applicationId)), customers);
            return states.sizes.isEmpty()
                    ? null
                    : StateSizes.of(states.sizes.values().stream().mapToInt(Integer::intValue));
        }
    }

    private void readBackwards(List<TopicPartition> partitions, int customers) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> unread = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        while (sizes.size() < customers && !unread.equals(begin)) {
            for (TopicPartition partition : partitions) {
                long to = unread.get(partition);
                long from = Math.max(begin.get(partition), to - PIECE);
                readPiece(partition, from, to);
                unread.put(partition, from);
            }
        }
    }

    private void readPiece(TopicPartition partition, long from, long to) {
        Map<ByteBuffer, Integer> piece = new HashMap<>();
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < to) {
            for (ConsumerRecord<byte[], byte[]> state : consumer.poll(POLL).records(partition)) {
                if (state.offset() < to && (state.key()[0] & 0xff) < NO_CUSTOMER) {
                    piece.put(ByteBuffer.wrap(state.key()), state.value().length);
                }
            }
        }
        piece.forEach(sizes::putIfAbsent);
    }
}
