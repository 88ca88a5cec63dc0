// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Counts records between two offsets of each partition. Offsets alone would also count the ends of transactions. */
final class RecordsOut {
    private static final Duration POLL = Duration.ofMillis(100);

    private RecordsOut() {}

    /** @param from 0 for partitions that it lacks */
    static long between(Stage stage, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        try (KafkaConsumer<byte[], byte[]> consumer = stage.consumer()) {
            consumer.assign(to.keySet());
            to.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
            long count = 0;
            while (to.keySet().stream().anyMatch(partition -> consumer.position(partition) < to.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to.get(new TopicPartition(record.topic(), record.partition()))) {
                        count++;
                    }
                }
            }
            return count;
        }
    }
}
